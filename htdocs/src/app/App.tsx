/* The page: the frame, and in it the view that the address names. */
import { Component, Suspense, useEffect, type ReactNode } from 'react';
import { SessionGate } from '../features/session/SessionGate';
import { ShortcutKeys } from '../features/shortcuts/ShortcutKeys';
import { FirstRun } from '../features/welcome/FirstRun';
import { texts } from '../shared/i18n/texts';
import { Link } from '../shared/url/Link';
import { useLocation } from '../shared/url/location';
import { Button } from '../shared/ui/Button';
import { Empty, Skeleton } from '../shared/ui/States';
import { Toasts } from '../shared/ui/Toasts';
import { Shell } from './Shell';
import { t as title, viewOf, type View } from './views';

const t = texts({
  unknown: 'There is no such page',
  toOverview: 'To the overview',
  broken: 'This view cannot be shown',
  brokenHint: 'A newer version of the page may be there since it was opened.',
  reload: 'Load the page anew',
});

/** One view that fails leaves the rest of the page standing. */
class ViewBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Empty title={t('broken')} actions={<Button onClick={() => window.location.reload()}>{t('reload')}</Button>}>
        {t('brokenHint')}
      </Empty>
    );
  }
}

function Current({ view }: { view: View | undefined }) {
  if (!view) return <Empty title={t('unknown')} actions={<Link view="">{t('toOverview')}</Link>} />;
  const shown = <view.Component />;
  return <SessionGate needs={view.needs}>{view.needs === 'view' && view.path !== 'history' ? <FirstRun>{shown}</FirstRun> : shown}</SessionGate>;
}

export function App() {
  const view = viewOf(useLocation().view);
  const name = view ? title(view.id) : t('unknown');
  useEffect(() => {
    document.title = `${name} · StreamPulse`;
  }, [name]);
  return (
    <>
      <ShortcutKeys />
      <Shell view={view} title={name}>
        <ViewBoundary key={view?.path}>
          <Suspense fallback={<Skeleton height="chart" />}>
            <Current view={view} />
          </Suspense>
        </ViewBoundary>
      </Shell>
      <Toasts />
    </>
  );
}

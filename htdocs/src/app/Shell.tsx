/* The frame around every view: where one can go, who one is, what is chosen. */
import { useEffect, useRef, type ReactNode } from 'react';
import { FilterBar } from '../features/filters/FilterBar';
import { LiveStatus } from '../features/live/LiveStatus';
import { NotificationBell } from '../features/notifications/NotificationBell';
import { ReadOnlyBanner } from '../features/session/ReadOnlyBanner';
import { SessionMenu } from '../features/session/SessionMenu';
import { SampleBanner } from '../features/welcome/SampleBanner';
import { useMe, useSettled } from '../shared/api/hooks';
import { texts } from '../shared/i18n/texts';
import { sharedParams } from '../shared/url/filters';
import { Link } from '../shared/url/Link';
import { useLocation } from '../shared/url/location';
import { cx } from '../shared/ui/cx';
import { Icon } from '../shared/ui/Icon';
import { t as title, VIEWS, type View } from './views';
import styles from './shell.module.css';

const t = texts({ skip: 'Skip to the content', views: 'Views', product: 'StreamPulse' });

function NavLink({ view, current }: { view: View; current: boolean }) {
  const { params } = useLocation();
  return (
    <Link view={view.path} params={view.group === 'look' ? sharedParams(params) : {}} className={cx(styles.link, current && styles.current)} aria-current={current ? 'page' : undefined}>
      <Icon name={view.icon} />
      <span>{title(view.id)}</span>
    </Link>
  );
}

/** On a phone the views are a row that scrolls; whose they are is known a moment later than the first of them. */
function useCurrentInSight(path: string | undefined, role: string | undefined) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const link = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (link && nav.current) nav.current.scrollLeft = link.offsetLeft - (nav.current.clientWidth - link.offsetWidth) / 2;
  }, [path, role]);
  return nav;
}

function Navigation({ current }: { current: View | undefined }) {
  const me = useMe().data;
  const nav = useCurrentInSight(current?.path, me?.role);
  const may = (view: View) => view.group !== 'other' && (view.needs === null || view.needs === 'view' || (me?.can.includes(view.needs) ?? false));
  const group = (name: View['group']) => VIEWS.filter((view) => view.group === name && may(view)), doing = group('do');
  return (
    <nav ref={nav} aria-label={t('views')} className={styles.nav}>
      {group('look').map((view) => (
        <NavLink key={view.path} view={view} current={view === current} />
      ))}
      {doing.length > 0 && <span className={styles.rule} />}
      {doing.map((view) => (
        <NavLink key={view.path} view={view} current={view === current} />
      ))}
    </nav>
  );
}

/** Somebody who hears the page is told of a new view by its heading, which takes the focus. */
function useFocusOnChange(path: string | undefined) {
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) heading.current?.focus({ preventScroll: true });
    if (!first.current) window.scrollTo(0, 0);
    first.current = false;
  }, [path]);
  return heading;
}

export function Shell({ view, title: name, children }: { view: View | undefined; title: string; children: ReactNode }) {
  const heading = useFocusOnChange(view?.path), waiting = !useSettled() && styles.waiting;
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t('skip')}
      </a>
      <header className={styles.top}>
        <Link view="" className={styles.brand}>
          <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="7" className={styles.mark} />
            <path d="M5 18h5l3-9 5 15 3.5-9H27" className={styles.pulse} />
          </svg>
          <span>{t('product')}</span>
        </Link>
        <div className={cx(styles.tools, waiting)}>
          <LiveStatus />
          <NotificationBell />
          <SessionMenu />
        </div>
      </header>
      <Navigation current={view} />
      <main id="content" className={cx(styles.main, waiting)} tabIndex={-1}>
        {view?.group === 'look' && <SampleBanner />}
        <div className={styles.heading}>
          <h1 ref={heading} tabIndex={-1}>
            {name}
          </h1>
        </div>
        <ReadOnlyBanner />
        {view && <FilterBar filters={view.filters} />}
        {children}
      </main>
    </div>
  );
}

/* Listens for shortcuts, and lists them. */
import { useEffect } from 'react';
import { useCan } from '../../shared/api/hooks';
import { texts } from '../../shared/i18n/texts';
import { closeShortcuts, openShortcuts, SHORTCUTS, shortcutsOn, useShortcutsOpen, type Shortcut } from '../../shared/store/shortcuts';
import { setTheme } from '../../shared/store/theme';
import { sharedParams } from '../../shared/url/filters';
import { getLocation, navigate } from '../../shared/url/location';
import { Dialog } from '../../shared/ui/Dialog';
import { Checkbox } from '../../shared/ui/Field';
import { PATIENCE_MS, press } from './press';
import styles from './shortcuts.module.css';

const t = texts({ title: 'Keyboard shortcuts', then: 'then', on: 'Shortcuts of single letters', onHint: 'Switch them off if you speak to your computer, or if another program uses the same keys.' });

const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const isForUs = (event: KeyboardEvent) =>
  !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && !isTyping(event.target) && !document.querySelector('dialog[open]');

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus();
}

function toggleTheme(): void {
  setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
}

function run(shortcut: Shortcut, mayUpload: boolean): void {
  if (shortcut.view !== undefined) {
    if (!mayUpload && (shortcut.view === 'upload' || shortcut.view === 'entry')) return;
    navigate(shortcut.view, sharedParams(getLocation().params));
    return;
  }
  const actions: Record<string, () => void> = { '/': focusSearch, t: toggleTheme, '?': openShortcuts };
  actions[shortcut.keys[0]!]?.();
}

function useKeys(): void {
  const mayUpload = useCan('upload'), on = shortcutsOn.use();
  useEffect(() => {
    let keys: readonly string[] = [], last = 0;
    const listen = (event: KeyboardEvent) => {
      if (!isForUs(event) || (!on && event.key !== '?')) return;
      const found = press(event.timeStamp - last < PATIENCE_MS ? keys : [], event.key);
      last = event.timeStamp;
      keys = found.kind === 'begun' ? found.keys : [];
      if (found.kind !== 'done') return;
      event.preventDefault();
      run(found.shortcut, mayUpload);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [mayUpload, on]);
}

function Keys({ keys }: { keys: readonly string[] }) {
  return keys.map((key, i) => (
    <span key={i}>
      {i > 0 && ` ${t('then')} `}
      <kbd className={styles.key}>{key}</kbd>
    </span>
  ));
}

export function ShortcutKeys() {
  useKeys();
  const open = useShortcutsOpen(), on = shortcutsOn.use();
  if (!open) return null;
  return (
    <Dialog title={t('title')} onClose={closeShortcuts}>
      <dl className={styles.list}>
        {SHORTCUTS.map((shortcut) => (
          <div key={shortcut.text} className={styles.row}>
            <dt>
              <Keys keys={shortcut.keys} />
            </dt>
            <dd>{shortcut.text}</dd>
          </div>
        ))}
      </dl>
      <Checkbox label={t('on')} hint={t('onHint')} checked={on} onChange={(event) => shortcutsOn.set(event.target.checked)} />
    </Dialog>
  );
}

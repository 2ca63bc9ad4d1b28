/* Keeps the page up to date, and says so where it cannot. */
import { useEffect, useRef, useState } from 'react';
import { onWrite } from '../../shared/api/client';
import { useCan, useMe } from '../../shared/api/hooks';
import { refreshAll, refreshFailed } from '../../shared/api/query';
import { formatInstant } from '../../shared/format/date';
import { texts } from '../../shared/i18n/texts';
import { toast } from '../../shared/store/toasts';
import { sayNews } from '../../shared/ledger/said';
import { watch } from './watch';
import styles from './live.module.css';

const t = texts({
  fresh: 'Up to date',
  away: 'The server cannot be reached',
  since: 'What you see is from {at}. It is asked again by itself.',
});

type State = 'fresh' | 'away' | 'refused';

function idOf(answer: unknown): number | undefined {
  const upload = (answer as { upload?: { id?: unknown } | null } | null)?.upload;
  return typeof upload?.id === 'number' ? upload.id : undefined;
}

/** What this page did itself is no news to its user. */
function useOwnEntries() {
  const own = useRef(new Set<number>());
  useEffect(
    () =>
      onWrite((answer) => {
        const id = idOf(answer);
        if (id !== undefined) own.current.add(id);
      }),
    [],
  );
  return own.current;
}

function useWatch(wanted: boolean): { state: State; freshAt: number } {
  const [state, setState] = useState<State>('fresh');
  const freshAt = useRef(Date.now());
  const own = useOwnEntries();
  useEffect(() => {
    if (!wanted) return undefined;
    let newest: number | undefined;
    return watch({
      onChange: (uploads) => {
        const said = newest !== undefined && sayNews(uploads.uploads, newest, own);
        if (said) toast(said);
        refreshAll();
      },
      onAnswer: (uploads) => {
        newest = Math.max(newest ?? 0, uploads.uploads[0]?.id ?? 0);
      },
      onState: (now) => {
        setState(now);
        if (now !== 'fresh') return;
        freshAt.current = Date.now();
        refreshFailed();
      },
    });
  }, [wanted, own]);
  return { state, freshAt: freshAt.current };
}

export function LiveStatus() {
  const me = useMe().data, mayLook = useCan('view');
  const { state, freshAt } = useWatch(me === undefined || mayLook);
  if (state === 'refused') return null;
  return (
    <p className={state === 'fresh' ? styles.fresh : styles.away} role="status">
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.text}>{t(state)}</span>
      {state === 'away' && <span className={styles.since}>{t('since', { at: formatInstant(new Date(freshAt).toISOString()) })}</span>}
    </p>
  );
}

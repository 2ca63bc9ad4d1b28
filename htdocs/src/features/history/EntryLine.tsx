/* One entry of the ledger. */
import { useCan, useMe } from '../../shared/api/hooks';
import type { Upload } from '../../shared/api/types';
import { formatAgo, formatInstant } from '../../shared/format/date';
import { sayEntry } from '../../shared/ledger/said';
import { texts } from '../../shared/i18n/texts';
import { Link } from '../../shared/url/Link';
import { setParams } from '../../shared/url/location';
import { Button } from '../../shared/ui/Button';
import { cx } from '../../shared/ui/cx';
import { Icon, type IconName } from '../../shared/ui/Icon';
import { EntryDetail } from './EntryDetail';
import styles from './history.module.css';

const t = texts({
  entry: 'Entry {id}',
  undone: 'taken back by entry {by}',
  replace: 'replaced what its services and events had',
  replaceAll: 'replaced everything',
  show: 'What it changed',
  hide: 'Hide what it changed',
  asOf: 'Data as of then',
  undo: 'Undo',
  redo: 'Redo',
});

const ICONS: Record<Upload['kind'], IconName> = { upload: 'upload', entry: 'entry', edit: 'manage', delete: 'close', undo: 'undo' };

function useMayUndo(entry: Upload): boolean {
  const any = useCan('undo_any'), own = useCan('undo'), user = useMe().data?.user;
  return entry.in_effect && (any || (own && entry.actor !== null && entry.actor === user));
}

function Notes({ entry }: { entry: Upload }) {
  return (
    <p className={styles.notes}>
      <span>{t('entry', { id: entry.id })}</span>
      <time dateTime={entry.at} title={formatInstant(entry.at)}>
        {formatAgo(entry.at)}, {formatInstant(entry.at)}
      </time>
      {entry.mode !== 'merge' && entry.kind === 'upload' && <span>{t(entry.mode === 'replace' ? 'replace' : 'replaceAll')}</span>}
      {entry.undone_by !== null && <span className={styles.undone}>{t('undone', { by: entry.undone_by })}</span>}
    </p>
  );
}

export function EntryLine({ entry, open, onUndo }: { entry: Upload; open: boolean; onUndo: (entry: Upload) => void }) {
  const mayUndo = useMayUndo(entry);
  return (
    <li className={cx(styles.entry, !entry.in_effect && styles.out)} id={`entry-${entry.id}`}>
      <span className={styles.icon}>
        <Icon name={ICONS[entry.kind]} />
      </span>
      <div className={styles.said}>
        <p className={styles.sentence}>{sayEntry(entry)}</p>
        <Notes entry={entry} />
      </div>
      <div className={styles.actions}>
        <Button small kind="quiet" aria-expanded={open} onClick={() => setParams({ entry: open ? null : String(entry.id) }, true)}>
          {t(open ? 'hide' : 'show')}
        </Button>
        <Link view="data" params={{ as_of: String(entry.id) }}>
          {t('asOf')}
        </Link>
        {mayUndo && (
          <Button small icon={<Icon name="undo" size={14} />} onClick={() => onUndo(entry)}>
            {t(entry.kind === 'undo' ? 'redo' : 'undo')}
          </Button>
        )}
      </div>
      {open && <EntryDetail id={entry.id} />}
    </li>
  );
}

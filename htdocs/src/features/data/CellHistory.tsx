/* How one number came to be what it is. */
import { useHistory } from '../../shared/api/hooks';
import type { History } from '../../shared/api/types';
import { formatDay, formatInstant } from '../../shared/format/date';
import { exact } from '../../shared/format/number';
import { texts } from '../../shared/i18n/texts';
import { sayEntry } from '../../shared/ledger/said';
import { Link } from '../../shared/url/Link';
import { cx } from '../../shared/ui/cx';
import { Dialog } from '../../shared/ui/Dialog';
import { Answer } from '../../shared/ui/States';
import type { DataRow } from './rows';
import styles from './data.module.css';

const t = texts({
  title: '{name}, {platform}, {day}',
  now: 'Now: {n}',
  says: 'says {n}',
  saysNone: 'says that there is no number',
  wins: 'in force',
  undone: 'taken back',
  entry: 'Entry {id}',
  line: 'line {line}, column {column}',
  more: 'Only the newest entries are listed.',
});

type Said = History['entries'][number];

function Line({ said }: { said: Said }) {
  return (
    <li className={cx(styles.said, said.wins && styles.wins)}>
      <p>
        <strong>{said.says === null ? t('saysNone') : t('says', { n: exact(said.says) })}</strong>
        {said.wins && <span className={styles.tag}>{t('wins')}</span>}
        {!said.in_effect && <span className={styles.tag}>{t('undone')}</span>}
      </p>
      <p className={styles.by}>
        {sayEntry(said.entry)} {formatInstant(said.entry.at)} · <Link view="history" params={{ entry: String(said.entry.id) }}>{t('entry', { id: said.entry.id })}</Link>
        {said.line !== undefined && said.column !== undefined && ` · ${t('line', { line: said.line, column: said.column })}`}
      </p>
    </li>
  );
}

export function CellHistory({ row, onClose }: { row: DataRow; onClose: () => void }) {
  const answer = useHistory(row.cell);
  return (
    <Dialog title={t('title', { name: row.name, platform: row.platform, day: formatDay(row.first) })} onClose={onClose}>
      <Answer answer={answer} skeleton="tiles">
        {(history) => (
          <>
            <p>{t('now', { n: exact(history.viewers) })}</p>
            <ol className={styles.history}>
              {history.entries.map((said) => (
                <Line key={`${said.entry.id}${said.by}`} said={said} />
              ))}
            </ol>
            {history.next !== null && <p className={styles.by}>{t('more')}</p>}
          </>
        )}
      </Answer>
    </Dialog>
  );
}

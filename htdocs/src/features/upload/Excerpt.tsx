/* A place of the file as a spreadsheet shows it, with its cell marked. */
import { cx } from '../../shared/ui/cx';
import { columnName, type Excerpt as Shown } from './places';
import { t } from './texts';
import styles from './excerpt.module.css';

const SHOWN_CHARS = 60;
const shorten = (text: string) => (text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text);

function Cell({ text, isMarked }: { text: string; isMarked: boolean }) {
  if (!isMarked) return <td>{shorten(text)}</td>;
  return (
    <td className={styles.marked}>
      <mark>{shorten(text) || t('emptyCell')}</mark>
    </td>
  );
}

export function Excerpt({ excerpt }: { excerpt: Shown }) {
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={t('excerpt')}>
      <table className={styles.table}>
        <caption className="visually-hidden">{t('excerpt')}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('row')}</span>
            </th>
            {excerpt.columns.map((column) => (
              <th key={column} scope="col" className={cx(column === excerpt.marked && styles.here)}>
                {columnName(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {excerpt.rows.map((row) => (
            <tr key={row.number}>
              <th scope="row" className={cx(row.isMarked && styles.here)}>
                {row.number}
              </th>
              {excerpt.columns.map((column, i) => (
                <Cell key={column} text={row.cells[i]!} isMarked={row.isMarked && column === excerpt.marked} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

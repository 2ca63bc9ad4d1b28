/* A table of exact numbers: sortable by its headings, scrolling inside itself where it is too wide, and copied as it stands. */
import { useMemo, useState, type ReactNode } from 'react';
import type { Viewers } from '../api/types';
import { exact } from '../format/number';
import { texts } from '../i18n/texts';
import { Button } from './Button';
import { copyText } from './copying';
import { Icon } from './Icon';
import { cx } from './cx';
import type { Sorting } from '../url/sorting';
import styles from './data-table.module.css';

const t = texts({
  copy: 'Copy',
  copied: { one: 'Copied one row.', other: 'Copied {count} rows.' },
  more: 'Show more',
  shown: '{shown} of {all} rows',
});

export interface Column<Row> {
  id: string;
  title: ReactNode;
  cell: (row: Row) => ReactNode;
  /** What it is sorted by; without one it cannot be sorted. null goes last. */
  sort?: (row: Row) => string | number | null;
  /** What is copied; else what sort gives; of neither nothing is, such as of buttons. */
  text?: (row: Row) => string;
  number?: boolean;
  /** The row's heading. */
  head?: boolean;
  /** Short, such as a day: on one line where there is room. */
  whole?: boolean;
}

/** A column of exact numbers. */
export const numberColumn = <Row,>(id: string, title: string, value: (row: Row) => Viewers): Column<Row> => ({ id, title, number: true, cell: (row) => exact(value(row)), sort: value });

interface Props<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Kept by the caller, such as in the address; else by the table. */
  sorting?: Sorting | null;
  onSort?: (sorting: Sorting | null) => void;
  /** Rows that are drawn at first; a button shows more. */
  page?: number;
  copyable?: boolean;
  rowClass?: (row: Row) => string | undefined;
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
}

export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sorting: Sorting | null): readonly Row[] {
  const by = sorting && columns.find((column) => column.id === sorting.column)?.sort;
  if (!by) return rows;
  const sign = sorting.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const x = by(a), y = by(b);
    /* No number is last in both directions. */
    return x === null || y === null ? compare(x, y) : sign * compare(x, y);
  });
}

/** Tabs between cells, as spreadsheets paste it; a text that a spreadsheet would take for a formula, other than a number with its sign, is told to be a text. */
export function tableText<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const safe = (text: string) => text.replace(/[\t\r\n]+/g, ' ').replace(/^[=+\-@](?![\p{N}\s.,%]+$)/u, "'$&");
  const cellText = (column: Column<Row>, row: Row) => {
    if (column.text) return safe(column.text(row));
    const value = column.sort?.(row) ?? '';
    return typeof value === 'number' ? String(value) : safe(value);
  };
  const copied = columns.filter((column) => column.text ?? column.sort);
  const head = copied.map((column) => (typeof column.title === 'string' ? safe(column.title) : column.id)).join('\t');
  return [head, ...rows.map((row) => copied.map((column) => cellText(column, row)).join('\t'))].join('\n');
}

function nextSorting(id: string, now: Sorting | null, number: boolean): Sorting | null {
  if (now?.column !== id) return { column: id, descending: number };
  return now.descending === number ? { column: id, descending: !number } : null;
}

export function DataTable<Row>({ caption, columns, rows, rowKey, sorting, onSort, page = 200, copyable, rowClass }: Props<Row>) {
  const [own, setOwn] = useState<Sorting | null>(null);
  const [limit, setLimit] = useState(page);
  const by = sorting === undefined ? own : sorting;
  const sorted = useMemo(() => sortRows(rows, columns, by), [rows, columns, by]);
  const setSorting = onSort ?? setOwn;
  const copy = () => copyText(tableText(sorted, columns), t('copied', { n: sorted.length, count: exact(sorted.length) }));
  return (
    <div className={styles.frame}>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={caption}>
        <table className={styles.table}>
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.id} scope="col" className={cx(column.number && styles.number, column.head && styles.corner)} aria-sort={by?.column === column.id ? (by.descending ? 'descending' : 'ascending') : undefined}>
                  {column.sort ? (
                    <button type="button" className={styles.sort} onClick={() => setSorting(nextSorting(column.id, by, column.number ?? false))}>
                      {column.title}
                      {by?.column === column.id && (
                        <span className={styles.arrow}>
                          <Icon name={by.descending ? 'down' : 'up'} size={12} />
                        </span>
                      )}
                    </button>
                  ) : (
                    column.title
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, limit).map((row) => (
              <tr key={rowKey(row)} className={rowClass?.(row)}>
                {columns.map((column) =>
                  column.head ? (
                    <th key={column.id} scope="row" className={cx(styles.head, column.whole && styles.whole)}>
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td key={column.id} className={cx(column.number && styles.number, column.whole && styles.whole)}>
                      {column.cell(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {(copyable || sorted.length > limit) && (
        <div className={styles.foot}>
          {sorted.length > limit && (
            <>
              <span className={styles.shown}>{t('shown', { shown: exact(limit), all: exact(sorted.length) })}</span>
              <Button small onClick={() => setLimit(limit + 5 * page)}>
                {t('more')}
              </Button>
            </>
          )}
          {copyable && (
            <Button small kind="quiet" icon={<Icon name="copy" size={14} />} onClick={copy}>
              {t('copy')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

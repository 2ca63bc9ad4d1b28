/* A drawing of the media team's sheet, its parts numbered. */
import { useId } from 'react';
import { t } from './texts';
import styles from './sheet-picture.module.css';

const COLUMNS = [0, 130, 196, 262, 290, 410, 476] as const;
const WIDTH = 542, ROW = 24;

/** What a cell is, by the sign that its text begins with. */
const STYLES: Record<string, string | undefined> = { '*': styles.head, '@': styles.date, '=': styles.total };

const CELLS = t('cells').split('\n').map((row) => row.split('|'));
const ROWS = CELLS.length;

/** Number of the part, and where its mark stands. */
const MARKS: readonly [number, number, number][] = [[1, 118, 12], [2, 276, 36], [3, 118, 60], [4, 276, 84], [5, 118, 108], [6, 398, 12], [7, 118, 156], [8, 118, 252]];

function Grid() {
  const rows = Array.from({ length: ROWS + 1 }, (_, row) => `M0 ${row * ROW}H${WIDTH}`).join('');
  const columns = [...COLUMNS, WIDTH].map((x) => `M${x} 0V${ROWS * ROW}`).join('');
  return <path d={rows + columns} className={styles.grid} />;
}

function Cell({ row, column, cell }: { row: number; column: number; cell: string }) {
  const isNumber = column !== 0 && column !== 4, look = STYLES[cell.charAt(0)];
  const x = isNumber ? (COLUMNS[column + 1] ?? WIDTH) - 5 : COLUMNS[column]! + 5;
  return (
    <text x={x} y={row * ROW + 16} textAnchor={isNumber ? 'end' : 'start'} className={look}>
      {look ? cell.slice(1) : cell}
    </text>
  );
}

export function SheetPicture() {
  const title = useId();
  return (
    <svg viewBox={`-1 -1 ${WIDTH + 2} ${ROWS * ROW + 2}`} role="img" aria-labelledby={title} className={styles.picture}>
      <title id={title}>{t('picture')}</title>
      <rect width={WIDTH} height={ROWS * ROW} className={styles.paper} />
      <Grid />
      {CELLS.flatMap((cells, row) => cells.map((cell, column) => cell && <Cell key={`${row} ${column}`} row={row} column={column} cell={cell} />))}
      {MARKS.map(([number, x, y]) => (
        <g key={number}>
          <circle cx={x} cy={y} r="8" className={styles.mark} />
          <text x={x} y={y + 3.5} textAnchor="middle" className={styles.markText}>
            {number}
          </text>
        </g>
      ))}
    </svg>
  );
}

/* A drawing of the media team's sheet, its parts numbered. */
import { useId } from 'react';
import { t } from './texts';
import styles from './sheet-picture.module.css';

const COLUMNS = [0, 130, 196, 262, 290, 410, 476] as const;
const WIDTH = 542, ROW = 24;

type Style = 'head' | 'date' | 'total';
type Cell = readonly [column: number, text: string, style?: Style];

const block = (row: number, at: number, first: string, dates: readonly [string, string], numbers: readonly (readonly [string, string, string])[], total: readonly [string, string]): [number, Cell][] => [
  ...(first ? [[row - 1, [at, first, 'head']] as [number, Cell]] : []),
  [row, [at, 'Date', 'date']], [row, [at + 1, dates[0], 'date']], [row, [at + 2, dates[1], 'date']],
  ...numbers.flatMap(([name, a, b], i): [number, Cell][] => [[row + 1 + i, [at, name]], [row + 1 + i, [at + 1, a]], [row + 1 + i, [at + 2, b]]]),
  [row + 1 + numbers.length, [at, 'Total', 'total']], [row + 1 + numbers.length, [at + 1, total[0], 'total']], [row + 1 + numbers.length, [at + 2, total[1], 'total']],
];

const CELLS: readonly [number, Cell][] = [
  ...block(1, 0, t('cSunday'), ['1/5/2025', '1/12/2025'], [['YouTube', '1,146', '622'], ['Facebook', '646', '329']], ['1,792', '951']),
  ...block(1, 4, t('cStudy'), ['1/7/2025', '1/14/2025'], [['YouTube', '45', '51'], ['Zoom', '12', 'N/A']], ['57', '51']),
  ...block(6, 0, '', ['2/2/2025', '2/9/2025'], [['YouTube', '812', '790']], ['812', '790']),
  [10, [0, t('cEvents'), 'head']],
  [11, [0, t('cEaster'), 'head']], [11, [1, '4/18/2025', 'date']], [11, [2, '4/19/2025', 'date']],
  [12, [0, 'YouTube']], [12, [1, '300']], [12, [2, '320']],
];
const ROWS = 13;

/** Number of the part, and where its mark stands. */
const MARKS: readonly [number, number, number][] = [[1, 118, 12], [2, 276, 36], [3, 118, 60], [4, 276, 84], [5, 118, 108], [6, 398, 12], [7, 118, 156], [8, 118, 252]];

function Grid() {
  const rows = Array.from({ length: ROWS + 1 }, (_, row) => `M0 ${row * ROW}H${WIDTH}`).join('');
  const columns = [...COLUMNS, WIDTH].map((x) => `M${x} 0V${ROWS * ROW}`).join('');
  return <path d={rows + columns} className={styles.grid} />;
}

function CellText({ row, cell: [column, text, style] }: { row: number; cell: Cell }) {
  const isNumber = column !== 0 && column !== 4;
  const x = isNumber ? (COLUMNS[column + 1] ?? WIDTH) - 5 : COLUMNS[column]! + 5;
  return (
    <text x={x} y={row * ROW + 16} textAnchor={isNumber ? 'end' : 'start'} className={style && styles[style]}>
      {text}
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
      {CELLS.map(([row, cell], i) => (
        <CellText key={i} row={row} cell={cell} />
      ))}
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

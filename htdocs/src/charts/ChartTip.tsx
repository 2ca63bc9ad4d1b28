/* The exact numbers of one place, beside the pointer. */
import { useLayoutEffect, useRef } from 'react';
import { exact } from '../shared/format/number';
import { cx } from '../shared/ui/cx';
import { SeriesKey } from './SeriesKey';
import { tipLeft } from './placing';
import type { Reading } from './reading';
import { t } from './texts';
import styles from './chart.module.css';

/** So many rows go below each other, more of them into two columns. */
const ONE_COLUMN = 10;

export function ChartTip({ reading, x, width, alone }: { reading: Reading; x: number; width: number; alone: boolean }) {
  const tip = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = tip.current!;
    box.style.setProperty('transform', `translateX(${Math.round(tipLeft(x, box.offsetWidth, width))}px)`);
  });
  return (
    <div ref={tip} className={styles.tip} aria-hidden="true">
      <p className={styles.tipTitle}>{reading.place}</p>
      <ul className={cx(styles.tipRows, reading.rows.length > ONE_COLUMN && styles.columns)}>
        {reading.rows.map((row) => (
          <li key={row.id} className={styles.tipRow}>
            <SeriesKey color={row.color} index={row.index} plain={alone} />
            <span className={styles.tipName}>{row.name}</span>
            <strong>{exact(row.value)}</strong>
          </li>
        ))}
      </ul>
      {reading.total !== undefined && (
        <p className={styles.tipTotal}>
          <span>{t('total')}</span>
          <strong>{exact(reading.total)}</strong>
        </p>
      )}
    </div>
  );
}

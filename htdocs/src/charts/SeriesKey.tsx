/* How a series looks in its chart: its colour, its dash and its shape. */
import { memo } from 'react';
import { shadeOf } from '../shared/color/shade';
import { useDark } from '../shared/store/theme';
import { dashOf, markAt } from './marks';
import styles from './chart.module.css';

export const SeriesKey = memo(function SeriesKey({ color, index, plain }: { color: string; index: number; plain?: boolean }) {
  const shade = shadeOf(color, useDark());
  return (
    <svg className={styles.key} width="22" height="12" viewBox="0 0 22 12" aria-hidden="true" focusable="false">
      <path d="M0,6h22" stroke={shade} strokeWidth="2" strokeDasharray={dashOf(index)} />
      {!plain && <path d={markAt(index, 11, 6)} fill={shade} />}
    </svg>
  );
});

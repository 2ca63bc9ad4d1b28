/* A series as a small line beside its number. */
import { useMemo } from 'react';
import type { Viewers } from '../shared/api/types';
import { shadeOf } from '../shared/color/shade';
import { useDark } from '../shared/store/theme';
import { sparkOf } from './spark';
import styles from './small.module.css';

const WIDTH = 120, HEIGHT = 32;

/** values: one for each week, null where there is none. label: says what it shows; without one it is not read out, since the numbers beside it are. */
export function Sparkline({ values, color, label }: { values: readonly Viewers[]; color: string; label?: string }) {
  const shade = shadeOf(color, useDark());
  const spark = useMemo(() => sparkOf(values, { kind: 'steps', count: values.length }, { width: WIDTH, height: HEIGHT }), [values]);
  return (
    <svg className={styles.spark} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : true}>
      <path className={styles.area} d={spark.area} fill={shade} />
      <path className={styles.line} d={spark.line} stroke={shade} />
      <path className={styles.dot} d={spark.dots} stroke={shade} />
    </svg>
  );
}

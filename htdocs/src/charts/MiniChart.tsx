/* One of several small charts of the same kind: a name, a line, the latest number. */
import { useMemo, type ReactNode } from 'react';
import type { Viewers } from '../shared/api/types';
import { shadeOf } from '../shared/color/shade';
import { useDark } from '../shared/store/theme';
import { Swatch } from '../shared/ui/Swatch';
import { sparkOf } from './spark';
import type { ChartSpec } from './types';
import { useWidth } from './useWidth';
import styles from './small.module.css';

interface Props {
  title: string;
  color: string;
  values: readonly Viewers[];
  axis: ChartSpec['axis'];
  /** Says what it shows. */
  summary: string;
  /** The count at the upper edge, where several share one scale. */
  most?: number | undefined;
  latest: ReactNode;
  /** Below the number. */
  note?: ReactNode;
  height?: number;
}

export function MiniChart({ title, color, values, axis, summary, most, latest, note, height = 96 }: Props) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const shade = shadeOf(color, useDark());
  const spark = useMemo(() => (width > 0 ? sparkOf(values, axis, { width, height }, most) : null), [values, axis, width, height, most]);
  return (
    <figure className={styles.mini}>
      <div className={styles.head}>
        <h3 className={styles.title}>
          <Swatch color={color} />
          {title}
        </h3>
        <strong className={styles.latest}>{latest}</strong>
      </div>
      <div ref={frame} className={styles.frame}>
        <svg className={styles.spark} width={width || undefined} height={height} viewBox={width ? `0 0 ${width} ${height}` : undefined} role="img" aria-label={`${title}. ${summary}`}>
          {spark && (
            <>
              <path className={styles.floor} d={`M4,${height - 3.5}H${width - 4}`} />
              <path className={styles.area} d={spark.area} fill={shade} />
              <path className={styles.line} d={spark.line} stroke={shade} />
              <path className={styles.dot} d={spark.dots} stroke={shade} />
            </>
          )}
        </svg>
      </div>
      <figcaption className={styles.note}>{note ?? summary}</figcaption>
    </figure>
  );
}

/* Which series are in a chart, each a switch. */
import { SeriesKey } from './SeriesKey';
import { t } from './texts';
import type { ChartSeries } from './types';
import styles from './chart.module.css';

interface Props {
  series: readonly ChartSeries[];
  hidden: ReadonlySet<string>;
  onToggle: (id: string) => void;
  onLight: (id: string | null) => void;
}

export function ChartLegend({ series, hidden, onToggle, onLight }: Props) {
  return (
    <ul className={styles.legend} aria-label={t('legend')}>
      {series.map(({ id, name, color }, index) => (
        <li key={id}>
          <button
            type="button"
            className={styles.entry}
            aria-pressed={!hidden.has(id)}
            onClick={() => onToggle(id)}
            onPointerEnter={() => onLight(id)}
            onPointerLeave={() => onLight(null)}
            onFocus={() => onLight(id)}
            onBlur={() => onLight(null)}
          >
            <SeriesKey color={color} index={index} />
            <span>{name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

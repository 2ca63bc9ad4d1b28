/* The choice of how charts are drawn. */
import { Checkbox } from '../shared/ui/Field';
import { Segmented } from '../shared/ui/Segmented';
import { setChartKind, setStacked, useChartStyle, type ChartStyle } from './chartStyle';
import { t } from './texts';
import type { ChartKind } from './types';
import styles from './chart.module.css';

const KINDS: readonly { value: ChartKind; label: string }[] = [
  { value: 'area', label: t('area') },
  { value: 'line', label: t('line') },
  { value: 'bars', label: t('bars') },
];

/** usual: as for useChartStyle. */
export function ChartControls({ usual }: { usual?: ChartStyle }) {
  const { kind, stacked } = useChartStyle(usual);
  return (
    <div className={styles.controls}>
      <Segmented label={t('kind')} value={kind} options={KINDS} onChange={(chosen) => setChartKind(chosen, usual)} />
      <Checkbox label={t('stacked')} checked={stacked} onChange={(event) => setStacked(event.target.checked, usual)} />
    </div>
  );
}

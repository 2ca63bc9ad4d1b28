/* A service's viewers by platform, as a chart. */
import { periodAxis } from '../../charts/periodAxis';
import type { ChartStyle } from '../../charts/chartStyle';
import type { ChartSpec } from '../../charts/types';
import { sayPeriods, sumsOf } from '../../shared/figures/sentence';
import { platformTotal, standingOf } from '../../shared/figures/standing';
import { percent } from '../../shared/format/number';
import type { Chosen } from '../../shared/looking/ChosenService';
import { t } from './texts';

function sayMost({ platforms, periods }: Chosen): string {
  const whole = standingOf(periods).all.sum;
  if (!whole || platforms.length < 2) return '';
  const totals = platforms.map(({ id, name }) => ({ name, sum: platformTotal(periods, id).sum ?? 0 }));
  const most = totals.reduce((best, one) => (one.sum > best.sum ? one : best));
  return t('most', { name: most.name, share: percent(most.sum / whole) });
}

export function platformChart(chosen: Chosen, style: ChartStyle): ChartSpec {
  const { service, platforms, periods, filters: { interval } } = chosen;
  return {
    title: t('chart', { name: service.name }),
    summary: [sayPeriods(periods, interval), sayMost(chosen)].filter(Boolean).join(' '),
    ...style,
    ...periodAxis(periods, interval),
    series: platforms.map(({ id, name, color }) => ({ id, name, color, values: sumsOf(periods, id) })),
    unit: t('unit'),
  };
}

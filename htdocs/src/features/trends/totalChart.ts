/* A service's total as a chart, with its moving average where it is asked for. */
import { periodAxis } from '../../charts/periodAxis';
import type { ChartSeries, ChartSpec } from '../../charts/types';
import type { Viewers } from '../../shared/api/types';
import { periodsOf } from '../../shared/figures/periods';
import { sayPeriods, sumsOf } from '../../shared/figures/sentence';
import { movingAverage } from '../../shared/figures/standing';
import type { Chosen } from '../../shared/looking/ChosenService';
import { t } from './texts';

export const AVERAGED = 4;
/** No service's and no platform's: a grey. */
const AVERAGE_COLOR = '#777777';

/** For each week in the range; those before it count in. */
export function averageOf({ weeks, periods }: Pick<Chosen, 'weeks' | 'periods'>): Viewers[] {
  const all = periodsOf(weeks, { interval: 'week', range: {}, today: '' });
  const average = movingAverage(sumsOf(all), AVERAGED), byStart = new Map(all.map((period, i) => [period.start, average[i] ?? null]));
  return periods.map(({ start }) => {
    const mean = byStart.get(start) ?? null;
    return mean === null ? null : Math.round(mean);
  });
}

export function totalChart(chosen: Chosen, withAverage: boolean): ChartSpec {
  const { service, periods, filters: { interval } } = chosen;
  const total: ChartSeries = { id: 'total', name: t('total'), color: service.color, values: sumsOf(periods) };
  const average: ChartSeries[] = withAverage ? [{ id: 'average', name: t('average'), color: AVERAGE_COLOR, values: averageOf(chosen) }] : [];
  return {
    title: t('chart', { name: service.name }),
    summary: [sayPeriods(periods, interval), withAverage ? t('averageSays') : ''].filter(Boolean).join(' '),
    kind: withAverage ? 'line' : 'area',
    stacked: false,
    ...periodAxis(periods, interval),
    series: [total, ...average],
    unit: t('unit'),
  };
}

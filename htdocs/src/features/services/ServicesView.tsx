/* All services side by side. */
import { useMemo } from 'react';
import { Chart } from '../../charts/Chart';
import { ChartControls } from '../../charts/ChartControls';
import { useChartStyle, type ChartStyle } from '../../charts/chartStyle';
import { ShareBar } from '../../charts/ShareBar';
import type { Interval, WeeklySeries } from '../../shared/api/types';
import { useWeekly } from '../../shared/api/weekly';
import { periodsOf } from '../../shared/figures/periods';
import { weeksOf } from '../../shared/figures/weeks';
import { NoNumbers } from '../../shared/looking/NoNumbers';
import { today } from '../../shared/time/day';
import { SERVICES_INTERVAL, useFilters, type Filters } from '../../shared/url/filters';
import { Panel } from '../../shared/ui/Panel';
import { Answer } from '../../shared/ui/States';
import { Ranking } from './Ranking';
import { t } from './texts';
import { putTogether, servicesChart, type Together } from './together';

/** So many bars beside each other can be read. */
const BARS_MOST = 120;
const GROUPED: ChartStyle = { kind: 'bars', stacked: false }, LINES: ChartStyle = { kind: 'line', stacked: false };

function useTogether(series: readonly WeeklySeries[], filters: Filters): Together {
  const now = today();
  return useMemo(() => {
    const { services, interval } = filters, chosen = services.length > 0 ? series.filter((one) => services.includes(one.id)) : series;
    const rows = chosen.map((one) => ({ id: one.id, name: one.name, color: one.color, periods: periodsOf(weeksOf(one), { interval, range: filters, today: now, calendarWeeks: true }) }));
    return putTogether(rows.filter((row) => row.periods.length > 0));
  }, [series, filters, now]);
}

const noteOf = (interval: Interval) => (interval === 'week' ? t('weekNote') : t('chartNote', { interval: t(interval) }));

function SideBySide({ together, interval }: { together: Together; interval: Interval }) {
  const usual = together.places.length * together.series.length > BARS_MOST ? LINES : GROUPED, { kind, stacked } = useChartStyle(usual);
  const spec = useMemo(() => servicesChart(together, interval, { kind, stacked }), [together, interval, kind, stacked]);
  return (
    <Panel title={t('chart')} note={noteOf(interval)} actions={<ChartControls usual={usual} />}>
      <Chart spec={spec} height={320} />
    </Panel>
  );
}

function Services({ series, filters }: { series: readonly WeeklySeries[]; filters: Filters }) {
  const together = useTogether(series, filters);
  if (together.ranks.every((rank) => rank.total === null)) return <NoNumbers />;
  return (
    <>
      <SideBySide together={together} interval={filters.interval} />
      <Panel title={t('share')} note={t('shareNote')}>
        <ShareBar parts={together.series.map(({ id, name, color, total }) => ({ id, name, color, value: total }))} label={t('share')} />
      </Panel>
      <Ranking ranks={together.ranks} interval={filters.interval} />
    </>
  );
}

export function ServicesView() {
  const filters = useFilters(SERVICES_INTERVAL);
  return <Answer answer={useWeekly(filters)}>{(series) => <Services series={series} filters={filters} />}</Answer>;
}

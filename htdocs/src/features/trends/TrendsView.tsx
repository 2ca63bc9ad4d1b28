/* One service's development, in all and by platform. */
import { useMemo } from 'react';
import { Chart } from '../../charts/Chart';
import { standingOf } from '../../shared/figures/standing';
import { isWithin } from '../../shared/figures/weeks';
import { ChosenService, type Chosen } from '../../shared/looking/ChosenService';
import { NoNumbers } from '../../shared/looking/NoNumbers';
import { setParams, useLocation } from '../../shared/url/location';
import { Checkbox } from '../../shared/ui/Field';
import { Panel } from '../../shared/ui/Panel';
import { PlatformCharts } from './PlatformCharts';
import { sayGrowth } from './sayGrowth';
import { t } from './texts';
import { totalChart } from './totalChart';
import styles from './trends.module.css';

/** Weeks are averaged; months are sums of weeks already. */
function useAverage(chosen: Chosen) {
  const { params } = useLocation(), offered = chosen.filters.interval === 'week';
  return { offered, shown: offered && params.get('average') !== '0' };
}

function Total({ chosen }: { chosen: Chosen }) {
  const { offered, shown } = useAverage(chosen);
  const spec = useMemo(() => totalChart(chosen, shown), [chosen, shown]);
  const growth = useMemo(() => sayGrowth(chosen.weeks.filter((week) => isWithin(week.start, chosen.filters))), [chosen]);
  return (
    <Panel title={t('title', { name: chosen.service.name })} actions={offered && <Checkbox label={t('withAverage')} checked={shown} onChange={(event) => setParams({ average: event.target.checked ? null : '0' }, true)} />}>
      <p className={styles.growth}>{growth}</p>
      <Chart spec={spec} height={300} />
    </Panel>
  );
}

function Trends({ chosen }: { chosen: Chosen }) {
  if (!standingOf(chosen.periods).latest) return <NoNumbers />;
  return (
    <>
      <Total chosen={chosen} />
      <PlatformCharts chosen={chosen} />
    </>
  );
}

export function TrendsView() {
  return <ChosenService>{(chosen) => <Trends chosen={chosen} />}</ChosenService>;
}

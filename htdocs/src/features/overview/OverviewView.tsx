/* How one service is doing. */
import { useMemo } from 'react';
import { Chart } from '../../charts/Chart';
import { ChartControls } from '../../charts/ChartControls';
import { useChartStyle } from '../../charts/chartStyle';
import { ShareBar } from '../../charts/ShareBar';
import { platformTotal, standingOf } from '../../shared/figures/standing';
import { ChosenService, type Chosen } from '../../shared/looking/ChosenService';
import { NoNumbers } from '../../shared/looking/NoNumbers';
import { Panel } from '../../shared/ui/Panel';
import { Breakdown } from './Breakdown';
import { Highlights } from './Highlights';
import { platformChart } from './platformChart';
import { QualityNotes } from './QualityNotes';
import { t } from './texts';
import { Tiles } from './Tiles';
import styles from './overview.module.css';

function ServicePanel({ chosen }: { chosen: Chosen }) {
  const { kind, stacked } = useChartStyle();
  const { service, periods, filters } = chosen;
  const spec = useMemo(() => platformChart(chosen, { kind, stacked }), [chosen, kind, stacked]);
  return (
    <Panel title={service.name} actions={<ChartControls />}>
      <Highlights periods={periods} interval={filters.interval} />
      <Chart spec={spec} height={300} />
      <QualityNotes service={service.id} filters={filters} />
    </Panel>
  );
}

function Shares({ chosen: { platforms, periods } }: { chosen: Chosen }) {
  return (
    <Panel title={t('share')} note={t('shareNote')}>
      <ShareBar parts={platforms.map(({ id, name, color }) => ({ id, name, color, value: platformTotal(periods, id).sum }))} label={t('share')} />
    </Panel>
  );
}

function OneService({ chosen }: { chosen: Chosen }) {
  const { latest } = standingOf(chosen.periods);
  if (!latest) return <NoNumbers />;
  return (
    <>
      <ServicePanel chosen={chosen} />
      <div className={styles.pair}>
        <Shares chosen={chosen} />
        <Breakdown chosen={chosen} latest={latest} />
      </div>
    </>
  );
}

export function OverviewView() {
  return (
    <ChosenService>
      {(chosen, all) => (
        <>
          <Tiles all={all} chosen={chosen.service.id} filters={chosen.filters} />
          <OneService chosen={chosen} />
        </>
      )}
    </ChosenService>
  );
}

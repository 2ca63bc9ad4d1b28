/* One small chart for each platform. */
import { useMemo } from 'react';
import { MiniChart } from '../../charts/MiniChart';
import { periodAxis } from '../../charts/periodAxis';
import { changeFrom, figureOf, meanOf } from '../../shared/figures/periods';
import { platformPeriods, sayPeriods, sumsOf } from '../../shared/figures/sentence';
import { platformTotal, standingOf } from '../../shared/figures/standing';
import { exact, rounded } from '../../shared/format/number';
import { formatPeriod } from '../../shared/format/period';
import type { Chosen } from '../../shared/looking/ChosenService';
import { setParams, useLocation } from '../../shared/url/location';
import { ChangeBadge } from '../../shared/ui/ChangeBadge';
import { Panel } from '../../shared/ui/Panel';
import { Segmented } from '../../shared/ui/Segmented';
import { t } from './texts';
import styles from './trends.module.css';

type Scale = 'shared' | 'own';

function Platform({ chosen: { platforms, periods, filters }, id, most, axis }: { chosen: Chosen; id: string; most: number | undefined; axis: ReturnType<typeof periodAxis>['axis'] }) {
  const { name, color } = platforms.find((platform) => platform.id === id)!, { interval } = filters;
  const values = useMemo(() => sumsOf(periods, id), [periods, id]);
  const latest = standingOf(periods).latest!, figure = figureOf(latest, id);
  const note = (
    <>
      <ChangeBadge change={changeFrom(figure, latest.before && figureOf(latest.before, id))} /> {t(`to${interval}`)}
      <br />
      {t('mean', { mean: rounded(meanOf(platformTotal(periods, id))) })}
    </>
  );
  const number = figure.sum === null ? <span className={styles.silent}>{t('silent')}</span> : <span title={formatPeriod(latest, interval)}>{exact(figure.sum)}</span>;
  return <MiniChart title={name} color={color} values={values} axis={axis} most={most} summary={sayPeriods(platformPeriods(periods, id), interval)} latest={number} note={note} />;
}

export function PlatformCharts({ chosen }: { chosen: Chosen }) {
  const { params } = useLocation(), scale: Scale = params.get('scale') === 'own' ? 'own' : 'shared';
  const { platforms, periods, filters } = chosen;
  const { axis } = useMemo(() => periodAxis(periods, filters.interval), [periods, filters.interval]);
  const most = useMemo(() => Math.max(0, ...platforms.flatMap(({ id }) => sumsOf(periods, id).map((value) => value ?? 0))), [platforms, periods]);
  const switcher = (
    <Segmented label={t('scale')} value={scale} options={[{ value: 'shared', label: t('shared') }, { value: 'own', label: t('own') }]} onChange={(value) => setParams({ scale: value === 'own' ? 'own' : null }, true)} />
  );
  return (
    <Panel title={t('platforms')} note={t(scale === 'own' ? 'ownNote' : 'sharedNote')} actions={switcher}>
      <div className={styles.charts}>
        {platforms.map(({ id }) => (
          <Platform key={id} chosen={chosen} id={id} most={scale === 'own' ? undefined : most} axis={axis} />
        ))}
      </div>
    </Panel>
  );
}

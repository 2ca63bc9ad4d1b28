/* One event: its figures, its platforms, its days. */
import { useMemo } from 'react';
import { Chart } from '../../charts/Chart';
import { ChartControls } from '../../charts/ChartControls';
import { ShareBar } from '../../charts/ShareBar';
import { useChartStyle, type ChartStyle } from '../../charts/chartStyle';
import { exportUrl, useCan } from '../../shared/api/hooks';
import type { SpecialEvent } from '../../shared/api/types';
import { formatRange } from '../../shared/format/date';
import { exact, rounded } from '../../shared/format/number';
import type { Filters } from '../../shared/url/filters';
import { buttonClass } from '../../shared/ui/Button';
import { Icon } from '../../shared/ui/Icon';
import { Panel } from '../../shared/ui/Panel';
import { ComparePicker } from './ComparePicker';
import { DayTable } from './DayTable';
import { dayName, eventSpec } from './eventCharts';
import { figuresOf, type EventFigures } from './eventFigures';
import { t } from './texts';
import styles from './events.module.css';

const USUAL: ChartStyle = { kind: 'bars', stacked: true };

interface Props {
  event: SpecialEvent;
  other: SpecialEvent | undefined;
  events: readonly SpecialEvent[];
  filters: Filters;
}

function Figures({ event, figures }: { event: SpecialEvent; figures: EventFigures }) {
  const { total, days, mean, peak } = figures;
  return (
    <dl className={styles.figures}>
      <div>
        <dt>{t('total')}</dt>
        <dd className={styles.figure}>{exact(total)}</dd>
        <dd className={styles.soft}>{days > 0 ? t('days', { n: days }) : t('noDays')}</dd>
      </div>
      <div>
        <dt>{t('mean')}</dt>
        <dd className={styles.figure}>{rounded(mean)}</dd>
      </div>
      <div>
        <dt>{t('peak')}</dt>
        <dd className={styles.figure}>{exact(peak === null ? null : event.total[peak])}</dd>
        {peak !== null && <dd className={styles.soft}>{dayName(event, peak)}</dd>}
      </div>
    </dl>
  );
}

/** The filters' file: the server has none of one event alone. */
function ExportLink({ filters }: { filters: Filters }) {
  if (!useCan('export')) return null;
  const href = exportUrl({ from: filters.from, to: filters.to, platform: filters.platforms, as_of: filters.asOf });
  return (
    <a className={buttonClass('secondary', true)} href={href} download title={t('exportHint')}>
      <Icon name="download" size={14} />
      {t('export')}
    </a>
  );
}

export function EventPanel({ event, other, events, filters }: Props) {
  const style = useChartStyle(USUAL), figures = useMemo(() => figuresOf(event), [event]);
  const spec = useMemo(() => eventSpec(event, { kind: style.kind, stacked: style.stacked }), [event, style.kind, style.stacked]);
  return (
    <Panel
      title={event.name}
      note={formatRange(event.start_date, event.end_date)}
      actions={
        <>
          <ChartControls usual={USUAL} />
          <ExportLink filters={filters} />
        </>
      }
    >
      {event.description && <p className={styles.description}>{event.description}</p>}
      <ComparePicker event={event} other={other} events={events} />
      <Figures event={event} figures={figures} />
      <div className={styles.halves}>
        <section>
          <h3>{t('dayByDay')}</h3>
          <Chart spec={spec} table={<DayTable event={event} />} />
        </section>
        <section>
          <h3>{t('platforms')}</h3>
          <ShareBar parts={figures.platforms} label={t('ofPlatforms', { name: event.name })} />
        </section>
      </div>
    </Panel>
  );
}

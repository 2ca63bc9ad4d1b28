/* Two events side by side. */
import { useMemo } from 'react';
import { Chart } from '../../charts/Chart';
import { useChartStyle } from '../../charts/chartStyle';
import type { SpecialEvent, Viewers } from '../../shared/api/types';
import type { ChangeOf } from '../../shared/figures/change';
import { exact } from '../../shared/format/number';
import { ChangeBadge } from '../../shared/ui/ChangeBadge';
import { Panel } from '../../shared/ui/Panel';
import { PairTable, PlatformTable } from './CompareTables';
import { compareEvents } from './comparison';
import { comparisonSpec, comparisonTitle, sideNames, type Names } from './eventCharts';
import { t } from './texts';
import styles from './events.module.css';

interface SumProps {
  title: string;
  names: Names;
  sum: { later: Viewers; earlier: Viewers; change: ChangeOf };
}

function Sum({ title, names, sum }: SumProps) {
  return (
    <div>
      <dt>{title}</dt>
      <dd className={styles.figure}>
        {exact(sum.later)} <ChangeBadge change={sum.change} />
      </dd>
      <dd className={styles.soft}>
        {names.earlier}: {exact(sum.earlier)}
      </dd>
    </div>
  );
}

export function ComparePanel({ event, other }: { event: SpecialEvent; other: SpecialEvent }) {
  const { kind } = useChartStyle({ kind: 'bars', stacked: true });
  const comparison = useMemo(() => compareEvents(event, other), [event, other]), names = sideNames(comparison);
  const spec = useMemo(() => comparisonSpec(comparison, kind), [comparison, kind]);
  return (
    <Panel title={comparisonTitle(comparison)} note={t('sideNote')}>
      <dl className={styles.figures}>
        <Sum title={t('whole')} names={names} sum={comparison.whole} />
        {comparison.alike.n > 0 && <Sum title={t('sameDays', { n: comparison.alike.n })} names={names} sum={comparison.alike} />}
      </dl>
      <Chart spec={spec} />
      <div className={styles.tables}>
        <section>
          <h3>{t('side')}</h3>
          <PairTable comparison={comparison} names={names} />
        </section>
        <section>
          <h3>{t('platformsOf')}</h3>
          <PlatformTable comparison={comparison} names={names} />
        </section>
      </div>
    </Panel>
  );
}

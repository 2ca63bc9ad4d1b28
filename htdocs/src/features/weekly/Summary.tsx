/* Months or quarters as sums and means of their weeks. */
import { useMemo } from 'react';
import { changeFrom, meanOf, periodsOf, type Period } from '../../shared/figures/periods';
import { rounded } from '../../shared/format/number';
import { formatPeriod } from '../../shared/format/period';
import type { Chosen } from '../../shared/looking/ChosenService';
import { today } from '../../shared/time/day';
import { DataTable, numberColumn, type Column } from '../../shared/ui/DataTable';
import { Panel } from '../../shared/ui/Panel';
import { t } from './texts';
import { changeColumn } from './WeekTable';
import styles from './weekly.module.css';

type Interval = 'month' | 'quarter';

function columnsFor(interval: Interval): Column<Period>[] {
  const name = (period: Period) => (
    <span className={styles.name}>
      {formatPeriod(period, interval)}
      {period.state !== 'whole' && <span className={styles.tag}>{t(period.state)}</span>}
    </span>
  );
  return [
    { id: interval, title: t(interval), head: true, whole: true, cell: name, sort: (period) => period.start, text: (period) => formatPeriod(period, interval) },
    numberColumn('weeks', t('counted'), (period) => period.all.weeks),
    numberColumn('sum', t('sum'), (period) => period.all.sum),
    { id: 'mean', title: t('mean'), number: true, cell: (period) => rounded(meanOf(period.all)), sort: (period) => meanOf(period.all) },
    changeColumn('change', t('meanChange'), (period) => changeFrom(period.all, period.before?.all)),
  ];
}

export function Summary({ chosen: { weeks, filters }, interval }: { chosen: Chosen; interval: Interval }) {
  const now = today(), columns = useMemo(() => columnsFor(interval), [interval]);
  const rows = useMemo(() => periodsOf(weeks, { interval, range: filters, today: now }).reverse(), [weeks, interval, filters, now]);
  const title = t(interval === 'month' ? 'months' : 'quarters');
  return (
    <Panel title={title} note={t(interval === 'month' ? 'perWeek' : 'perWeekQuarter')}>
      <DataTable caption={title} columns={columns} rows={rows} rowKey={(period) => period.start} copyable />
    </Panel>
  );
}

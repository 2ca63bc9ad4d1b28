/* A table with a row for each week, also for those without numbers. */
import { useMemo } from 'react';
import type { Ident } from '../../shared/api/types';
import { changeOrder, type ChangeOf } from '../../shared/figures/change';
import { standingOf } from '../../shared/figures/standing';
import { formatRange } from '../../shared/format/date';
import { exact } from '../../shared/format/number';
import type { Chosen } from '../../shared/looking/ChosenService';
import { setSorting, useSorting } from '../../shared/url/sorting';
import { ChangeBadge, changeText } from '../../shared/ui/ChangeBadge';
import { DataTable, numberColumn, type Column } from '../../shared/ui/DataTable';
import { Panel } from '../../shared/ui/Panel';
import { weekRows, type WeekRow } from './weekRows';
import { t } from './texts';
import styles from './weekly.module.css';

export const changeColumn = <Row,>(id: string, title: string, change: (row: Row) => ChangeOf): Column<Row> => ({
  id,
  title,
  number: true,
  cell: (row) => <ChangeBadge change={change(row)} />,
  sort: (row) => changeOrder(change(row)),
  text: (row) => changeText(change(row)),
});

const name = (row: WeekRow) => (
  <span className={styles.name}>
    {formatRange(row.start, row.end)}
    {row.total === null && <span className={styles.tag}>{t('missing')}</span>}
  </span>
);

/** compared: there is a year before to compare with. */
function columnsFor(platforms: readonly Ident[], compared: boolean): Column<WeekRow>[] {
  const year = [numberColumn<WeekRow>('year', t('yearBefore'), (row) => row.yearBefore), changeColumn<WeekRow>('yearchange', t('yearChange'), (row) => row.yearChange)];
  return [
    { id: 'week', title: t('week'), head: true, whole: true, cell: name, sort: (row) => row.start },
    numberColumn('total', t('total'), (row) => row.total),
    changeColumn('change', t('change'), (row) => row.change),
    ...platforms.map((platform) => numberColumn<WeekRow>(`p-${platform.id}`, platform.name, (row) => row.by[platform.id]?.sum ?? null)),
    ...(compared ? year : []),
  ];
}

/** Of numbers that are there, and of weeks that are not. */
function sayCount({ periods }: Chosen): string {
  const { all, gaps } = standingOf(periods);
  return t('count', { n: all.weeks, count: exact(all.weeks) }) + (gaps > 0 ? t('gaps', { n: gaps }) : t('noGaps'));
}

export function WeekTable({ chosen }: { chosen: Chosen }) {
  const { platforms, periods, weeks, service } = chosen, sorting = useSorting();
  const rows = useMemo(() => weekRows(periods, weeks), [periods, weeks]);
  const compared = rows.some((row) => row.yearBefore !== null), columns = useMemo(() => columnsFor(platforms, compared), [platforms, compared]);
  const title = t('weeks', { name: service.name });
  return (
    <Panel title={title} note={t('weeksNote')}>
      <p role="status">{sayCount(chosen)}</p>
      <DataTable caption={title} columns={columns} rows={rows} rowKey={(row) => row.start} rowClass={(row) => (row.total === null ? styles.gap : undefined)} sorting={sorting} onSort={setSorting} copyable />
    </Panel>
  );
}

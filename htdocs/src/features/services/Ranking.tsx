/* Services in the order of their viewers. */
import { useMemo } from 'react';
import { Sparkline } from '../../charts/Sparkline';
import type { Interval } from '../../shared/api/types';
import { changeOrder } from '../../shared/figures/change';
import type { Period } from '../../shared/figures/periods';
import type { Rank } from '../../shared/figures/ranking';
import { namePeriod, sumsOf } from '../../shared/figures/sentence';
import { exact, rounded, share } from '../../shared/format/number';
import { Link } from '../../shared/url/Link';
import { sharedParams } from '../../shared/url/filters';
import { useLocation } from '../../shared/url/location';
import { setSorting, useSorting } from '../../shared/url/sorting';
import { ChangeBadge, changeText } from '../../shared/ui/ChangeBadge';
import { DataTable, numberColumn, type Column } from '../../shared/ui/DataTable';
import { Panel } from '../../shared/ui/Panel';
import { Swatch } from '../../shared/ui/Swatch';
import { t } from './texts';
import styles from './services.module.css';

/** So many periods are told apart in a line this small. */
const SPARK_MOST = 26;

function Name({ rank: { id, name, color } }: { rank: Rank }) {
  const { params } = useLocation(), to = sharedParams(params);
  to.set('service', id);
  return (
    <span className={styles.ident}>
      <Swatch color={color} />
      <Link view="" params={to}>
        {name}
      </Link>
    </span>
  );
}

function When({ period, interval }: { period: Period | undefined; interval: Interval }) {
  if (!period) return exact(null);
  return (
    <>
      {exact(period.all.sum)}
      <span className={styles.when}>{namePeriod(period, interval)}</span>
    </>
  );
}

const Course = ({ rank }: { rank: Rank }) => (
  <div className={styles.course}>
    <Sparkline values={sumsOf(rank.periods.slice(-SPARK_MOST))} color={rank.color} />
  </div>
);

const sumOf = (period: Period | undefined) => period?.all.sum ?? null;

function columnsFor(interval: Interval): Column<Rank>[] {
  return [
    { id: 'rank', title: t('rank'), number: true, cell: (row) => row.rank, sort: (row) => row.rank },
    { id: 'service', title: t('service'), head: true, cell: (row) => <Name rank={row} />, sort: (row) => row.name },
    numberColumn('total', t('total'), (row) => row.total),
    { id: 'share', title: t('part'), number: true, cell: (row) => share(row.share), sort: (row) => row.share, text: (row) => share(row.share) },
    { id: 'mean', title: t('mean'), number: true, cell: (row) => rounded(row.mean), sort: (row) => row.mean },
    { id: 'latest', title: t('latest'), number: true, cell: (row) => <When period={row.latest} interval={interval} />, sort: (row) => sumOf(row.latest) },
    { id: 'change', title: t('change'), number: true, cell: (row) => <ChangeBadge change={row.change} />, sort: (row) => changeOrder(row.change), text: (row) => changeText(row.change) },
    { id: 'peak', title: t('peak'), number: true, cell: (row) => <When period={row.peak} interval={interval} />, sort: (row) => sumOf(row.peak) },
    { id: 'course', title: t('course'), cell: (row) => <Course rank={row} />, text: () => '' },
  ];
}

export function Ranking({ ranks, interval }: { ranks: readonly Rank[]; interval: Interval }) {
  const columns = useMemo(() => columnsFor(interval), [interval]), sorting = useSorting();
  return (
    <Panel title={t('ranking')} note={interval === 'week' ? t('rankingWeek') : t('rankingLong', { interval: t(interval) })}>
      <DataTable caption={t('ranking')} columns={columns} rows={ranks} rowKey={(row) => row.id} sorting={sorting} onSort={setSorting} copyable />
    </Panel>
  );
}

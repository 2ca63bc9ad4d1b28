/* The latest week (or month…) against the one before, by platform. */
import { useMemo } from 'react';
import type { Interval } from '../../shared/api/types';
import { changeFrom, figureOf, type Figure, type Period } from '../../shared/figures/periods';
import { exact } from '../../shared/format/number';
import type { Chosen } from '../../shared/looking/ChosenService';
import { ChangeBadge, changeText } from '../../shared/ui/ChangeBadge';
import { DataTable, type Column } from '../../shared/ui/DataTable';
import { Panel } from '../../shared/ui/Panel';
import { Swatch } from '../../shared/ui/Swatch';
import { t } from './texts';
import { sayComparison } from './words';
import styles from './overview.module.css';

interface Row {
  key: string;
  name: string;
  /** null: the sum of them all. */
  color: string | null;
  now: Figure;
  before: Figure | undefined;
}

/** Exact numbers as they are copied: nothing where there is none. */
const plain = (figure: Figure | undefined) => String(figure?.sum ?? '');

function columnsFor(interval: Interval): Column<Row>[] {
  const name = (row: Row) => (
    <span className={styles.ident}>
      {row.color && <Swatch color={row.color} />}
      {row.name}
    </span>
  );
  return [
    { id: 'platform', title: t('platform'), head: true, cell: name, text: (row) => row.name },
    { id: 'now', title: t(`now${interval}`), number: true, cell: (row) => exact(row.now.sum), text: (row) => plain(row.now) },
    { id: 'before', title: t(`be${interval}`), number: true, cell: (row) => exact(row.before?.sum), text: (row) => plain(row.before) },
    { id: 'change', title: t(interval === 'week' ? 'change' : 'changePerWeek'), number: true, cell: (row) => <ChangeBadge change={changeFrom(row.now, row.before)} />, text: (row) => changeText(changeFrom(row.now, row.before)) },
  ];
}

function rowsOf({ platforms, service }: Chosen, latest: Period): Row[] {
  const rows = platforms.map(({ id, name, color }): Row => ({ key: id, name, color, now: figureOf(latest, id), before: latest.before && figureOf(latest.before, id) }));
  return [...rows, { key: ` ${service.id}`, name: t('total'), color: null, now: latest.all, before: latest.before?.all }];
}

export function Breakdown({ chosen, latest }: { chosen: Chosen; latest: Period }) {
  const { interval } = chosen.filters;
  const rows = useMemo(() => rowsOf(chosen, latest), [chosen, latest]), columns = useMemo(() => columnsFor(interval), [interval]);
  return (
    <Panel title={t(`ag${interval}`)} note={sayComparison(latest, interval)}>
      <DataTable caption={t(`ag${interval}`)} columns={columns} rows={rows} rowKey={(row) => row.key} rowClass={(row) => (row.color ? undefined : styles.sum)} copyable />
    </Panel>
  );
}

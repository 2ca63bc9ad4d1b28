/* The exact numbers, each with its history. */
import { useMemo, useState } from 'react';
import { useData } from '../../shared/api/hooks';
import type { Data } from '../../shared/api/types';
import { formatDay, formatRange } from '../../shared/format/date';
import { exact } from '../../shared/format/number';
import { texts } from '../../shared/i18n/texts';
import { dataFilter, useFilters } from '../../shared/url/filters';
import { setParams, useLocation } from '../../shared/url/location';
import { setSorting, useSorting } from '../../shared/url/sorting';
import { Button } from '../../shared/ui/Button';
import { DataTable, numberColumn, type Column } from '../../shared/ui/DataTable';
import { Icon } from '../../shared/ui/Icon';
import { Panel } from '../../shared/ui/Panel';
import { Segmented } from '../../shared/ui/Segmented';
import { Answer, Empty } from '../../shared/ui/States';
import { Swatch } from '../../shared/ui/Swatch';
import { CellHistory } from './CellHistory';
import { rowsOf, searchRows, sumOf, type DataRow } from './rows';
import styles from './data.module.css';

const t = texts({
  weeks: 'Weeks',
  events: 'Special events',
  what: 'Which numbers',
  service: 'Service',
  event: 'Event',
  platform: 'Platform',
  week: 'Week',
  day: 'Day',
  viewers: 'Viewers',
  history: 'History',
  historyOf: 'History of {name}, {platform}, {day}',
  count: { one: 'One number, {sum} in all', other: '{count} numbers, {sum} in all' },
  empty: 'No number fits these filters',
  emptyHint: 'Widen the range of days, or take a filter away.',
});

type What = 'weeks' | 'events';

function columnsFor(what: What, open: (row: DataRow) => void): readonly Column<DataRow>[] {
  return [
    { id: 'name', title: t(what === 'weeks' ? 'service' : 'event'), cell: (row) => row.name, sort: (row) => row.name, head: true },
    {
      id: 'platform',
      title: t('platform'),
      cell: (row) => (
        <span className={styles.platform}>
          <Swatch color={row.color} />
          {row.platform}
        </span>
      ),
      sort: (row) => row.platform,
    },
    {
      id: 'day',
      title: t(what === 'weeks' ? 'week' : 'day'),
      whole: true,
      cell: (row) => (what === 'weeks' ? formatRange(row.first, row.last) : row.label && row.label !== row.first ? `${formatDay(row.first)} (${row.label})` : formatDay(row.first)),
      sort: (row) => row.first,
    },
    numberColumn('viewers', t('viewers'), (row) => row.viewers),
    {
      id: 'history',
      title: t('history'),
      cell: (row) => <Button small kind="quiet" aria-label={t('historyOf', { name: row.name, platform: row.platform, day: formatDay(row.first) })} icon={<Icon name="history" />} onClick={() => open(row)} />,
      text: () => '',
    },
  ];
}

function Numbers({ data, what, search }: { data: Data; what: What; search: string }) {
  const [open, setOpen] = useState<DataRow | null>(null);
  const sorting = useSorting();
  const rows = useMemo(() => rowsOf(data, what), [data, what]);
  const found = useMemo(() => searchRows(rows, search), [rows, search]);
  const columns = useMemo(() => columnsFor(what, setOpen), [what]);
  if (found.length === 0) return <Empty title={t('empty')}>{t('emptyHint')}</Empty>;
  return (
    <>
      <p role="status">{t('count', { n: found.length, count: exact(found.length), sum: exact(sumOf(found)) })}</p>
      <DataTable caption={t(what)} columns={columns} rows={found} rowKey={(row) => row.key} sorting={sorting} onSort={setSorting} page={100} copyable />
      {open && <CellHistory row={open} onClose={() => setOpen(null)} />}
    </>
  );
}

export function DataView() {
  const filters = useFilters(), { params } = useLocation();
  const what: What = params.get('kind') === 'events' ? 'events' : 'weeks';
  const answer = useData({ ...dataFilter(filters), interval: 'week' });
  const switcher = (
    <Segmented label={t('what')} value={what} options={[{ value: 'weeks', label: t('weeks') }, { value: 'events', label: t('events') }]} onChange={(value) => setParams({ kind: value === 'weeks' ? null : value, sort: null })} />
  );
  return (
    <Panel title={t(what)} actions={switcher}>
      <Answer answer={answer} skeleton="table">
        {(data) => <Numbers data={data} what={what} search={filters.search} />}
      </Answer>
    </Panel>
  );
}

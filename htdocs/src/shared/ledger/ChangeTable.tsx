/* Numbers before and after, as a plan or an entry of the ledger lists them. */
import type { Change } from '../api/types';
import { formatDay } from '../format/date';
import { NONE } from '../format/number';
import { changeOf } from '../figures/change';
import { texts } from '../i18n/texts';
import { ChangeBadge, changeText } from '../ui/ChangeBadge';
import { DataTable, numberColumn, type Column } from '../ui/DataTable';

const t = texts({ where: 'Service or event', platform: 'Platform', day: 'Week or day', old: 'Before', now: 'After', change: 'Change' });

const nameOf = (change: Change): string => ('event' in change ? (change.service ? `${change.event} (${change.service})` : change.event) : change.service);
const dayOf = (change: Change): string => ('event' in change ? change.date : change.week_start);

const COLUMNS: readonly Column<Change>[] = [
  { id: 'where', title: t('where'), cell: nameOf, sort: nameOf, head: true },
  { id: 'platform', title: t('platform'), cell: (row) => row.platform, sort: (row) => row.platform },
  { id: 'day', title: t('day'), cell: (row) => formatDay(dayOf(row)), sort: dayOf },
  numberColumn('old', t('old'), (row) => row.old),
  numberColumn('new', t('now'), (row) => row.new),
  {
    id: 'change',
    title: t('change'),
    cell: (row) => (row.old === null || row.new === null ? NONE : <ChangeBadge change={changeOf(row.new, row.old)} />),
    sort: (row) => (row.old === null || row.new === null ? null : row.new - row.old),
    text: (row) => changeText(changeOf(row.new, row.old)),
    number: true,
  },
];

export function ChangeTable({ caption, changes }: { caption: string; changes: readonly Change[] }) {
  return <DataTable caption={caption} columns={COLUMNS} rows={changes} rowKey={(row) => `${nameOf(row)}|${row.platform}|${dayOf(row)}`} page={100} copyable />;
}

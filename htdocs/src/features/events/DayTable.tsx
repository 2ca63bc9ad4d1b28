/* The exact numbers of an event, with its days as they were written. */
import { useMemo } from 'react';
import type { SpecialEvent } from '../../shared/api/types';
import { formatWeekday } from '../../shared/format/date';
import { NONE } from '../../shared/format/number';
import { DataTable, numberColumn, type Column } from '../../shared/ui/DataTable';
import { dayNumbers, writtenAs } from './eventFigures';
import { t } from './texts';

function columnsOf(event: SpecialEvent): Column<number>[] {
  const numbers = dayNumbers(event);
  return [
    { id: 'n', title: t('day'), head: true, cell: (i) => t('dayN', { n: numbers[i]! }), sort: (i) => numbers[i]!, text: (i) => String(numbers[i]) },
    { id: 'date', title: t('date'), whole: true, cell: (i) => formatWeekday(event.day[i]!), sort: (i) => event.day[i]! },
    { id: 'written', title: t('written'), cell: (i) => writtenAs(event, i) ?? NONE, sort: (i) => writtenAs(event, i) },
    ...event.platforms.map((platform) => numberColumn<number>(`p-${platform.id}`, platform.name, (i) => event.viewers[platform.id]?.[i] ?? null)),
    numberColumn<number>('total', t('total'), (i) => event.total[i] ?? null),
  ];
}

export function DayTable({ event }: { event: SpecialEvent }) {
  const columns = useMemo(() => columnsOf(event), [event]), rows = useMemo(() => event.day.map((_, i) => i), [event]);
  return <DataTable caption={t('dayByDayOf', { name: event.name })} columns={columns} rows={rows} rowKey={(i) => event.day[i]!} copyable />;
}

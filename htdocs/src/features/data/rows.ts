/* Every number as a row of its own. */
import type { Cell } from '../../shared/api/hooks';
import type { Data, Day, SpecialEvent, WeeklySeries } from '../../shared/api/types';
import { weeklyOf } from '../../shared/figures/weeks';
import { formatRange } from '../../shared/format/date';
import { exact } from '../../shared/format/number';

export interface DataRow {
  key: string;
  /** The service's name; of an event's number the event's. */
  name: string;
  platform: string;
  color: string;
  first: Day;
  last: Day;
  /** As the file had it: "Feb". */
  label: string | null;
  viewers: number;
  /** How its history is asked for. */
  cell: Cell;
}

function weekRows(series: WeeklySeries): DataRow[] {
  return series.platforms.flatMap((platform) =>
    (series.viewers[platform.id] ?? []).flatMap((viewers, i) => {
      const first = series.week_start[i]!;
      if (viewers === null) return [];
      return [{ key: `${series.id}|${platform.id}|${first}`, name: series.name, platform: platform.name, color: platform.color, first, last: series.week_end[i]!, label: null, viewers, cell: { service: series.id, platform: platform.id, week: first } }];
    }),
  );
}

function eventRows(event: SpecialEvent): DataRow[] {
  return event.platforms.flatMap((platform) =>
    (event.viewers[platform.id] ?? []).flatMap((viewers, i) => {
      const day = event.day[i]!;
      if (viewers === null) return [];
      return [{ key: `${event.id}|${platform.id}|${day}`, name: event.name, platform: platform.name, color: platform.color, first: day, last: day, label: event.label[i] ?? null, viewers, cell: { event: event.id, platform: platform.id, date: day } }];
    }),
  );
}

const newestFirst = (a: DataRow, b: DataRow) => (a.first < b.first ? 1 : a.first > b.first ? -1 : 0);

export const rowsOf = (data: Data, what: 'weeks' | 'events'): DataRow[] =>
  (what === 'weeks' ? weeklyOf(data).flatMap(weekRows) : data.events.flatMap(eventRows)).sort(newestFirst);

/** Without case and accents, each word anywhere in the row. */
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** As the table shows it, and as a file has it. Of many rows few have days of their own. */
function textsOf(rows: readonly DataRow[]): string[] {
  const days = new Map<string, string>();
  const daysOf = ({ first, last }: DataRow) => {
    const key = first + last, text = days.get(key) ?? `${first} ${formatRange(first, last)}`;
    days.set(key, text);
    return text;
  };
  return rows.map((row) => fold(`${row.name} ${row.platform} ${daysOf(row)} ${row.label ?? ''} ${row.viewers} ${exact(row.viewers)}`));
}

const texts = new WeakMap<readonly DataRow[], string[]>();

export function searchRows(rows: readonly DataRow[], search: string): readonly DataRow[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  const shown = texts.get(rows) ?? textsOf(rows);
  texts.set(rows, shown);
  return rows.filter((_, i) => words.every((word) => shown[i]!.includes(word)));
}

export const sumOf = (rows: readonly DataRow[]): number => rows.reduce((sum, row) => sum + row.viewers, 0);

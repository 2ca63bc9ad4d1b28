/* Weeks put together into what they are looked at by: each by itself, or by calendar week, month, quarter or year. A week belongs to the one of its first day. */
import type { Day, Interval, Viewers } from '../api/types';
import { addDays, addMonths, fromNumber, startOfMonth, startOfQuarter, startOfYear, toNumber } from '../time/day';
import type { Range } from '../time/range';
import { changeOf, type ChangeOf } from './change';
import { WEEK, isWithin, withGaps, type Week } from './weeks';

/** A sum of weeks, and of how many. null: of none. */
export interface Figure {
  sum: Viewers;
  weeks: number;
}

export interface Span {
  start: Day;
  end: Day;
  all: Figure;
  /** By the platform's public id. */
  by: Readonly<Record<string, Figure>>;
}

/** running: its end is still to come. cut: weeks of it lie outside the range. */
export type PeriodState = 'whole' | 'running' | 'cut';

export interface Period extends Span {
  state: PeriodState;
  /** The one before it in the calendar, also where that lies before the range; undefined where it has no numbers. */
  before: Span | undefined;
}

export interface PeriodOptions {
  interval: Interval;
  range: Range;
  today: Day;
  /** Weeks from Monday to Sunday instead of the service's own, so that services of different weekdays have the same. */
  calendarWeeks?: boolean;
}

const NOTHING: Figure = { sum: null, weeks: 0 };

const add = (figure: Figure, viewers: Viewers): Figure => (viewers === null ? figure : { sum: (figure.sum ?? 0) + viewers, weeks: figure.weeks + 1 });
/** Per week with a number, because months have 4 or 5 of them. */
export const meanOf = ({ sum, weeks }: Figure): number | null => (sum === null ? null : sum / weeks);
export const figureOf = (span: Span | undefined, platform: string): Figure => span?.by[platform] ?? NOTHING;
/** Per week; of weeks themselves that is their number. */
export const changeFrom = (now: Figure, before: Figure | undefined): ChangeOf => changeOf(meanOf(now), before && meanOf(before));

/** 1 January 1970 was a Thursday. */
const mondayOf = (day: Day): Day => fromNumber(toNumber(day) - ((((toNumber(day) + 3) % WEEK) + WEEK) % WEEK));

export function boundsOf(day: Day, interval: Interval): { start: Day; end: Day } {
  switch (interval) {
    case 'week':
      return { start: mondayOf(day), end: addDays(mondayOf(day), WEEK - 1) };
    case 'month':
      return { start: startOfMonth(day), end: addDays(addMonths(startOfMonth(day), 1), -1) };
    case 'quarter':
      return { start: startOfQuarter(day), end: addDays(addMonths(startOfQuarter(day), 3), -1) };
    case 'year':
      return { start: startOfYear(day), end: addDays(addMonths(startOfYear(day), 12), -1) };
  }
}

function sumOf(weeks: readonly Week[]): Pick<Span, 'all' | 'by'> {
  /* A public id may be "constructor". */
  const by = Object.create(null) as Record<string, Figure>;
  for (const week of weeks) {
    for (const [id, viewers] of Object.entries(week.viewers)) by[id] = add(by[id] ?? NOTHING, viewers);
  }
  return { all: weeks.reduce((figure, week) => add(figure, week.total), NOTHING), by };
}

type Bounds = (week: Week) => { start: Day; end: Day };

/** By their start, in order. */
function spansOf(weeks: readonly Week[], bounds: Bounds): Map<Day, Span> {
  const groups = new Map<Day, { start: Day; end: Day; weeks: Week[] }>();
  for (const week of weeks) {
    const { start, end } = bounds(week), group = groups.get(start);
    if (group) group.weeks.push(week);
    else groups.set(start, { start, end, weeks: [week] });
  }
  return new Map([...groups].map(([key, { start, end, weeks: own }]) => [key, { start, end, ...sumOf(own) }]));
}

function stateOf(span: Span, whole: Span, { interval, today }: PeriodOptions): PeriodState {
  if (interval === 'week') return 'whole';
  if (span.start <= today && today <= span.end) return 'running';
  return span.all.weeks < whole.all.weeks ? 'cut' : 'whole';
}

/** weeks: all that are known, also outside the range, which what comes before is looked up in. What has no numbers between those that have is there too. */
export function periodsOf(weeks: readonly Week[], options: PeriodOptions): Period[] {
  const { interval, range } = options, own = interval === 'week' && !options.calendarWeeks;
  const bounds: Bounds = own ? (week) => week : (week) => boundsOf(week.start, interval);
  const grid = withGaps(weeks), all = spansOf(grid, bounds), shown = spansOf(grid.filter((week) => isWithin(week.start, range)), bounds);
  const beforeOf = (start: Day) => all.get(own ? addDays(start, -WEEK) : boundsOf(addDays(start, -1), interval).start);
  return [...shown.values()].map((span) => {
    const before = beforeOf(span.start);
    return { ...span, state: stateOf(span, all.get(span.start)!, options), before: before?.all.weeks ? before : undefined };
  });
}

/** One place for each start that any of them has; undefined where one has none. */
export function alignPeriods(rows: readonly (readonly Period[])[]): { places: Pick<Period, 'start' | 'end'>[]; rows: (Period | undefined)[][] } {
  const places = new Map<Day, Pick<Period, 'start' | 'end'>>();
  for (const { start, end } of rows.flat()) places.set(start, { start, end });
  const starts = [...places.keys()].sort();
  return {
    places: starts.map((start) => places.get(start)!),
    rows: rows.map((row) => {
      const byStart = new Map(row.map((period) => [period.start, period]));
      return starts.map((start) => byStart.get(start));
    }),
  };
}

/* Where an axis is marked, and how. */
import type { Day } from '../shared/api/types';
import { addMonths, fromNumber, startOfYear, toNumber } from '../shared/time/day';
import { formatShortDay, formatShortMonth } from '../shared/format/date';

export interface Tick {
  /** On a days axis the day's number, on a steps axis the place's. */
  at: number;
  text: string;
}

/** Pixels that a mark of the x axis needs, and one that is only a year. */
const ROOM = 62, YEAR_ROOM = 46;
/** Below so many days the weeks themselves are marked, above it the months. */
const MONTHS_FROM = 92;

/** From 0 to at least most, in steps of 1, 2 or 5 of a power of ten: whole numbers, since people are counted. */
export function countTicks(most: number, wanted = 5): number[] {
  const raw = Math.max(most, 1) / wanted, power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((size) => size >= raw) ?? 1);
  const last = Math.max(1, Math.ceil(most / step - 1e-9));
  return Array.from({ length: last + 1 }, (_, n) => n * step);
}

/** Each n-th of count places, so that so many pixels are enough. */
export function everyNth(count: number, width: number, room = ROOM): number[] {
  const nth = Math.max(1, Math.ceil((count * room) / Math.max(width, 1)));
  return Array.from({ length: Math.ceil(count / nth) }, (_, n) => n * nth);
}

const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120] as const;

/** Months between two marks: as few as there is room for, and never less than between two numbers. */
function monthStep(days: number, width: number, stepDays: number): number {
  const least = Math.ceil(stepDays / 31);
  const fits = (months: number) => months >= least && ((months * 30.4) / days) * width >= (months < 12 ? ROOM : YEAR_ROOM);
  return MONTH_STEPS.find(fits) ?? 120;
}

function monthTicks(first: Day, last: Day, width: number, stepDays: number): Tick[] {
  const step = monthStep(toNumber(last) - toNumber(first), width, stepDays), ticks: Tick[] = [];
  /* Numbers that are further apart than months lie in some months only. */
  for (let day = stepDays > 31 ? first : startOfYear(first); day <= last; day = addMonths(day, step)) {
    if (day >= first) ticks.push({ at: toNumber(day), text: step < 12 ? formatShortMonth(day) : day.slice(0, 4) });
  }
  return ticks;
}

/** Marks of a days axis. days: in order, at least one. */
export function dayTicks(days: readonly Day[], width: number, stepDays: number): Tick[] {
  const numbers = days.map(toNumber), first = numbers[0]!, last = numbers.at(-1)!;
  if (last - first >= MONTHS_FROM || stepDays >= 28) {
    const ticks = monthTicks(days[0]!, days.at(-1)!, width, stepDays);
    if (ticks.length > 0) return ticks;
  }
  const places = Math.round((last - first) / stepDays) + 1;
  return everyNth(places, width).map((n) => ({ at: first + n * stepDays, text: formatShortDay(fromNumber(first + n * stepDays)) }));
}

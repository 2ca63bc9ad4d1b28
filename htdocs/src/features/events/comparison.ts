/* Two events, day n beside day n. */
import type { SpecialEvent, Viewers } from '../../shared/api/types';
import { changeOf, type ChangeOf } from '../../shared/figures/change';
import { dayNumbers, sumOf } from './eventFigures';

/** The place of day n among an event's days; null where it has no such day. */
export interface SidePlace {
  place: number | null;
  total: Viewers;
}

export interface DayPair {
  n: number;
  later: SidePlace;
  earlier: SidePlace;
  change: ChangeOf;
}

export interface PlatformPair {
  id: string;
  name: string;
  color: string;
  later: Viewers;
  earlier: Viewers;
  change: ChangeOf;
}

export interface Comparison {
  later: SpecialEvent;
  earlier: SpecialEvent;
  /** Every n from 1 to the last that either has. */
  days: DayPair[];
  /** Over the days that both have a number for: editions may differ in length, or one is still going on. */
  alike: { n: number; later: Viewers; earlier: Viewers; change: ChangeOf };
  whole: { later: Viewers; earlier: Viewers; change: ChangeOf };
  /** Over the same days. */
  platforms: PlatformPair[];
}

function sideOf(event: SpecialEvent): (n: number) => SidePlace {
  const places = new Map(dayNumbers(event).map((n, place) => [n, place]));
  return (n) => {
    const place = places.get(n) ?? null;
    return { place, total: place === null ? null : (event.total[place] ?? null) };
  };
}

const pair = (later: Viewers, earlier: Viewers) => ({ later, earlier, change: changeOf(later, earlier) });

/** days: those that both have. */
function platformPairs(later: SpecialEvent, earlier: SpecialEvent, days: readonly DayPair[]): PlatformPair[] {
  const known = new Map([...later.platforms, ...earlier.platforms].map((platform) => [platform.id, platform]));
  const sum = (event: SpecialEvent, which: 'later' | 'earlier', id: string) => sumOf(days.map((day) => event.viewers[id]?.[day[which].place!] ?? null));
  return [...known.values()].map(({ id, name, color }) => ({ id, name, color, ...pair(sum(later, 'later', id), sum(earlier, 'earlier', id)) }));
}

export function compareEvents(a: SpecialEvent, b: SpecialEvent): Comparison {
  const [later, earlier] = a.start_date >= b.start_date ? [a, b] : [b, a];
  const last = Math.max(0, ...dayNumbers(later), ...dayNumbers(earlier)), ofLater = sideOf(later), ofEarlier = sideOf(earlier);
  const days = Array.from({ length: last }, (_, i) => {
    const one = ofLater(i + 1), other = ofEarlier(i + 1);
    return { n: i + 1, later: one, earlier: other, change: changeOf(one.total, other.total) };
  });
  const both = days.filter((day) => day.later.total !== null && day.earlier.total !== null);
  return {
    later, earlier, days,
    alike: { n: both.length, ...pair(sumOf(both.map((day) => day.later.total)), sumOf(both.map((day) => day.earlier.total))) },
    whole: pair(sumOf(later.total), sumOf(earlier.total)),
    platforms: platformPairs(later, earlier, both),
  };
}

/* The x axis of a chart of weeks, months, quarters or years. */
import type { Day, Interval } from '../shared/api/types';
import { formatPeriod, formatPeriodTick } from '../shared/format/period';
import type { ChartSpec } from './types';

const STEP_DAYS: Record<Interval, number> = { week: 7, month: 30.44, quarter: 91.3, year: 365.25 };

export function periodAxis(places: readonly { start: Day; end: Day }[], interval: Interval): Pick<ChartSpec, 'axis' | 'placeName' | 'placeTick'> {
  return {
    axis: { kind: 'days', days: places.map((place) => place.start), stepDays: STEP_DAYS[interval] },
    placeName: (i) => formatPeriod(places[i]!, interval),
    placeTick: (i) => formatPeriodTick(places[i]!, interval),
  };
}

import { describe, expect, it } from 'vitest';
import type { Viewers } from '../../shared/api/types';
import { periodsOf } from '../../shared/figures/periods';
import type { Week } from '../../shared/figures/weeks';
import { addDays } from '../../shared/time/day';
import { putTogether, servicesChart } from './together';

const service = (id: string, first: string, ...totals: Viewers[]) => {
  const weeks = totals.map((total, i): Week => ({ start: addDays(first, 7 * i), end: addDays(first, 7 * i + 6), total, viewers: { y: total } })).filter((week) => week.total !== null);
  return { id, name: id.toUpperCase(), color: '#111111', periods: periodsOf(weeks, { interval: 'week', range: {}, today: '2026-01-01', calendarWeeks: true }) };
};
const friday = service('f', '2025-01-03', 1, null, 3), sunday = service('s', '2025-01-12', 20, 0), tuesday = service('t', '2025-01-07', 5, 5);

describe('putTogether', () => {
  it('gives every service the same places, and no number where it has none', () => {
    const { places, series, periods } = putTogether([friday, sunday, tuesday]);
    expect(places.map((place) => place.start)).toEqual(['2024-12-30', '2025-01-06', '2025-01-13']);
    expect(series.map((one) => one.values)).toEqual([[1, null, 3], [null, 20, 0], [null, 5, 5]]);
    expect(periods.map((period) => period.all.sum)).toEqual([1, 25, 8]);
  });
  it('draws the largest in their order, and puts the others together', () => {
    const { series, ranks, isCut } = putTogether([friday, sunday, tuesday], 1);
    expect(series.map((one) => [one.name, one.values, one.total])).toEqual([['S', [null, 20, 0], 20], ['2 others', [1, 5, 8], 14]]);
    expect([ranks.map((rank) => rank.id), isCut]).toEqual([['s', 't', 'f'], true]);
  });
  it('has nothing of nothing', () => expect(putTogether([])).toMatchObject({ places: [], series: [], ranks: [] }));
});

describe('servicesChart', () => {
  it('says who has the most, and that some are put together', () => {
    const { summary } = servicesChart(putTogether([friday, sunday, tuesday], 1), 'week', { kind: 'line', stacked: false });
    expect(summary).toMatch(/^All together: Highest 25 .* S has the most, 58\.8\s?%\. The 1 with the most viewers; the others are put together\.$/);
  });
});

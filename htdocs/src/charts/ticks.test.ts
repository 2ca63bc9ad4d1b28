import { describe, expect, it } from 'vitest';
import { toNumber } from '../shared/time/day';
import { countTicks, dayTicks, everyNth } from './ticks';

describe('countTicks', () => {
  it.each([
    [0, 5, [0, 1]],
    [1, 5, [0, 1]],
    [3, 5, [0, 1, 2, 3]],
    [7, 5, [0, 2, 4, 6, 8]],
    [1000, 5, [0, 200, 400, 600, 800, 1000]],
    [1001, 5, [0, 500, 1000, 1500]],
    [10 ** 12, 2, [0, 500_000_000_000, 1_000_000_000_000]],
  ])('of %i in about %i', (most, wanted, ticks) => expect(countTicks(most, wanted)).toEqual(ticks));

  it('reaches what is shown, by whole steps of 1, 2 or 5', () => {
    for (let most = 1; most < 100_000; most = Math.ceil(most * 1.37)) {
      const ticks = countTicks(most, 4), step = ticks[1]!;
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
      expect(ticks.at(-1)! - step).toBeLessThan(most);
      expect(String(step)).toMatch(/^[125]0*$/);
    }
  });
});

describe('everyNth', () => {
  it('marks each place where there is room', () => expect(everyNth(4, 400)).toEqual([0, 1, 2, 3]));
  it('leaves some out where there is not', () => expect(everyNth(7, 200)).toEqual([0, 3, 6]));
  it('has nothing to mark without places', () => expect(everyNth(0, 200)).toEqual([]));
});

const weeks = (first: string, count: number) => Array.from({ length: count }, (_, n) => new Date(Date.parse(first) + n * 7 * 86_400_000).toISOString().slice(0, 10));

describe('dayTicks', () => {
  it('marks weeks of a short range by their own days', () => {
    expect(dayTicks(weeks('2025-01-05', 4), 400, 7).map((tick) => tick.at - toNumber('2025-01-05'))).toEqual([0, 7, 14, 21]);
  });

  it('marks months by their first day, as many as fit', () => {
    const ticks = dayTicks(weeks('2025-01-05', 52), 300, 7);
    expect(ticks.map((tick) => tick.at)).toEqual(['2025-04-01', '2025-07-01', '2025-10-01'].map(toNumber));
  });

  it('marks years by their number', () => {
    const ticks = dayTicks(weeks('2021-01-03', 260), 300, 7);
    expect(ticks.map((tick) => tick.text)).toEqual(['2022', '2023', '2024', '2025']);
  });

  it('never marks more often than there are numbers', () => {
    expect(dayTicks(['2025-01-01', '2025-04-01', '2025-07-01'], 900, 91).map((tick) => tick.at)).toEqual(['2025-01-01', '2025-04-01', '2025-07-01'].map(toNumber));
  });

  it('marks every second month where the numbers are', () => {
    const days = ['2025-02-01', '2025-04-01', '2025-06-01', '2025-08-01'];
    expect(dayTicks(days, 900, 61).map((tick) => tick.at)).toEqual(days.map(toNumber));
  });

  it('marks a single day', () => expect(dayTicks(['2025-03-15'], 900, 30)).toHaveLength(1));

  it('keeps marks apart, whatever the width', () => {
    for (const width of [200, 320, 700, 1400]) {
      for (const count of [2, 10, 14, 30, 52, 300, 1000]) {
        const days = weeks('2020-02-02', count), span = toNumber(days.at(-1)!) - toNumber(days[0]!);
        const xs = dayTicks(days, width, 7).map((tick) => ((tick.at - toNumber(days[0]!)) / span) * width);
        for (const [n, x] of xs.entries()) if (n > 0) expect(x - xs[n - 1]!, `${count} weeks on ${width}`).toBeGreaterThan(42);
      }
    }
  });
});

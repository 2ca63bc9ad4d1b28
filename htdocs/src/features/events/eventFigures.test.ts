import { describe, expect, it } from 'vitest';
import type { SpecialEvent } from '../../shared/api/types';
import { compareEvents } from './comparison';
import { comparisonSpec, comparisonSummary, comparisonTitle, eventSpec, eventSummary, sideNames } from './eventCharts';
import { dayNumbers, dayOf, figuresOf, strideDays, strideOf } from './eventFigures';
import { editionKey, newestFirst, otherEditions, searchEvents } from './editions';

function event(name: string, days: Record<string, (number | null)[]>, changes: Partial<SpecialEvent> = {}): SpecialEvent {
  const day = Object.keys(days), ids = ['youtube', 'zoom'];
  const total = day.map((one) => days[one]!.reduce<number | null>((sum, value) => (value === null ? sum : (sum ?? 0) + value), null));
  return {
    id: `${name}-${day[0]}`, name, start_date: day[0] ?? '2025-01-01', end_date: day.at(-1) ?? '2025-01-01', description: null,
    platforms: ids.map((id) => ({ id, name: id, color: '#0072b2' })), day, label: day.map(() => null),
    viewers: Object.fromEntries(ids.map((id, n) => [id, day.map((one) => days[one]![n] ?? null)])), total, ...changes,
  };
}

const older = event('Easter 2024', { '2024-03-29': [100, 10], '2024-03-30': [null, null], '2024-03-31': [0, null], '2024-04-01': [50, 5] });
const newer = event('Easter 2025', { '2025-04-18': [200, null], '2025-04-20': [7, null], '2025-04-21': [22, 33] });

describe('editionKey', () => {
  it.each([
    ['Easter 2024', 'EASTER, 2025!'],
    ['2nd Youth Camp', '3rd  youth camp'],
    ['The first Night of Praise', 'The Second night of praise'],
    ['Fête de la Paix ’24', 'Fete de la paix 2025/26'],
    ['Ten Days of Light (Main)', 'Ten Days of Light (Main)'],
  ])('%s is an edition of %s', (a, b) => expect(editionKey(a)).toBe(editionKey(b)));

  it.each([
    ['14 Days of Glory', '21 Days of Glory'],
    ['Ten Days of Light (Main)', 'Ten Days of Light (North)'],
    ['2024', '2025'],
    ['First', 'Second'],
    ['★', '☆'],
  ])('%s is not one of %s', (a, b) => expect(editionKey(a)).not.toBe(editionKey(b)));
});

describe('events', () => {
  const all = [older, newer, event('Camp', { '2024-07-01': [1, 1] })];
  it('have other editions', () => expect(otherEditions(all, newer)).toEqual([older]));
  it('come newest first', () => expect(newestFirst(all).map((one) => one.name)).toEqual(['Easter 2025', 'Camp', 'Easter 2024']));
  it('are found by words of their names and platforms, in any order', () => expect(searchEvents(all, ' zoom  éASTER 25').map((one) => one.name)).toEqual(['Easter 2025']));
  it('are all found by nothing', () => expect(searchEvents(all, ' ')).toEqual(all));
});

describe('figuresOf', () => {
  it('counts days with a number, zero among them', () => expect(figuresOf(older)).toMatchObject({ total: 165, days: 3, mean: 55, peak: 0, platforms: [{ value: 150 }, { value: 15 }] }));
  it('knows an event without numbers', () => expect(figuresOf(event('New', {}))).toMatchObject({ total: null, days: 0, mean: null, peak: null }));
  it('tells no number from zero on a platform', () => expect(figuresOf(event('E', { '2025-01-01': [0, null] })).platforms.map((one) => one.value)).toEqual([0, null]));
});

describe('dayNumbers', () => {
  it('leave out what is missing', () => expect(dayNumbers(newer)).toEqual([1, 3, 4]));
  it('start with the event, though its first day has no number', () => expect(dayNumbers({ ...newer, start_date: '2025-04-17' })).toEqual([2, 4, 5]));
  it('see the gap between two days', () => expect(dayNumbers(event('D', { '2025-01-01': [1], '2025-01-03': [1] }))).toEqual([1, 3]));
  it('count weeks of a weekly event', () => expect(dayNumbers(event('W', { '2025-01-01': [1], '2025-01-08': [1], '2025-01-22': [1] }))).toEqual([1, 2, 4]));
  it('count months of a monthly event, however long they are', () => {
    const monthly = event('M', Object.fromEntries(['01', '02', '04', '12'].map((month) => [`2025-${month}-01`, [1]])));
    expect(dayNumbers(monthly)).toEqual([1, 2, 4, 12]);
    expect(dayOf(monthly, 12)).toBe('2025-12-01');
    expect(strideDays(monthly)).toBe(30.5);
  });
  it('count every second month of one that is held then', () => expect(dayNumbers(event('M', { '2025-02-01': [1], '2025-04-01': [1], '2025-08-01': [1] }))).toEqual([1, 2, 4]));
  it('are one for a single day', () => {
    expect(dayNumbers(event('S', { '2025-02-01': [1] }))).toEqual([1]);
    expect(strideOf(event('S', {}))).toEqual({ unit: 'day', size: 1 });
  });
});

describe('compareEvents', () => {
  const comparison = compareEvents(older, newer);

  it('compares the later with the earlier, whichever is named first', () => {
    expect(comparison.later).toBe(newer);
    expect(compareEvents(newer, older)).toEqual(comparison);
  });

  it('lays day n beside day n, with gaps where there is none', () => {
    expect(comparison.days.map((day) => [day.n, day.earlier.total, day.later.total, day.change.kind])).toEqual([[1, 110, 200, 'change'], [2, null, null, 'none'], [3, 0, 7, 'new'], [4, 55, 55, 'same']]);
  });

  it('adds up the days that both have', () => expect(comparison.alike).toMatchObject({ n: 3, later: 262, earlier: 165 }));
  it('compares platforms', () => expect(comparison.platforms.map(({ id, later, earlier }) => [id, later, earlier])).toEqual([['youtube', 229, 150], ['zoom', 33, 15]]));

  it('compares platforms over the days that both have', () => {
    const begun = compareEvents(older, event('Easter 2025', { '2025-04-18': [200, null] }));
    expect(begun.platforms.map(({ id, later, earlier }) => [id, later, earlier])).toEqual([['youtube', 200, 100], ['zoom', null, 10]]);
    expect(begun.whole).toMatchObject({ later: 200, earlier: 165 });
  });

  it('has nothing alike where days do not meet', () => {
    const other = compareEvents(event('A', { '2025-01-01': [1] }), event('B', {}));
    expect(other.alike).toMatchObject({ n: 0, later: null });
    expect(comparisonSummary(other)).toMatch(/no day/);
  });
});

describe('charts of events', () => {
  it('show platforms on the event’s own days', () => {
    const spec = eventSpec({ ...newer, label: ['Good Friday', null, null] }, { kind: 'bars', stacked: true });
    expect(spec.axis).toEqual({ kind: 'days', days: newer.day, stepDays: 1 });
    expect(spec.series.map((one) => one.values)).toEqual([[200, 7, 22], [null, null, 33]]);
    expect(spec.placeName(0)).toContain('(Good Friday)');
    expect(spec.summary).toContain('262');
  });

  it('say when there is nothing to say', () => expect(eventSummary(event('New', {}))).toBe('No numbers yet.'));

  it('never stack two editions', () => {
    const spec = comparisonSpec(compareEvents(older, newer), 'bars');
    expect(spec.stacked).toBe(false);
    expect(spec.series.map((one) => one.values)).toEqual([[110, null, 0, 55], [200, null, 7, 55]]);
  });

  it('tell editions by their year', () => {
    const same = compareEvents({ ...older, name: 'Easter' }, { ...newer, name: 'Easter' });
    expect(sideNames(same)).toEqual({ later: '2025', earlier: '2024' });
    expect(comparisonTitle(same)).toBe('Easter: 2025 against 2024');
  });
});

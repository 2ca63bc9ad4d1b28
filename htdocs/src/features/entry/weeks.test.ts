import { describe, expect, it } from 'vitest';
import type { SpecialEvent, WeeklySeries } from '../../shared/api/types';
import { expectedDay, isFar, viewersOn } from './editions';
import { expectedWeek, isSameWeekday, oddEnd, viewersAt } from './weeks';

const series = { week_start: ['2025-01-05', '2025-01-12'], week_end: ['2025-01-11', '2025-01-13'], viewers: { zoom: [0, null] } } as unknown as WeeklySeries;

describe('expectedWeek', () => {
  it('is the one after the last, once it has begun', () => {
    expect(expectedWeek({ last_week: '2025-01-05' }, '2025-01-12')).toBe('2025-01-12');
    expect(expectedWeek({ last_week: '2025-01-05' }, '2025-03-01')).toBe('2025-01-12');
  });
  it('is the last one as long as the next has not begun', () => {
    expect(expectedWeek({ last_week: '2025-01-05' }, '2025-01-11')).toBe('2025-01-05');
  });
  it('is the one that is now for a new service, from its Sunday on', () => {
    expect([expectedWeek(undefined, '2025-01-08'), expectedWeek({ last_week: null }, '2025-01-05')]).toEqual(['2025-01-05', '2025-01-05']);
  });
});

describe('a week', () => {
  it('has zero, no number, and weeks that are not there', () => {
    expect([viewersAt(series, 'zoom', '2025-01-05'), viewersAt(series, 'zoom', '2025-01-12'), viewersAt(series, 'zoom', '2025-01-19'), viewersAt(undefined, 'zoom', '2025-01-05')]).toEqual([0, null, null, null]);
  });
  it('keeps an end that is stored', () => {
    expect([oddEnd(series, '2025-01-05'), oddEnd(series, '2025-01-12'), oddEnd(series, '2025-01-19')]).toEqual([undefined, '2025-01-13', undefined]);
  });
  it('has a weekday', () => {
    expect([isSameWeekday('2025-01-05', '2024-12-29'), isSameWeekday('2025-01-05', '2025-01-06')]).toEqual([true, false]);
  });
});

describe('an event', () => {
  const event = { start_date: '2025-04-18', end_date: '2025-04-20', day: ['2025-04-18'], viewers: { zoom: [0] } } as unknown as SpecialEvent;
  it('goes on with the day after the last', () => {
    expect(expectedDay(event, '2026-01-01')).toBe('2025-04-19');
    expect(expectedDay({ ...event, day: [] }, '2026-01-01')).toBe('2025-04-18');
    expect(expectedDay({ ...event, day: ['2025-04-20'] }, '2026-01-01')).toBe('2025-04-20');
    expect(expectedDay(undefined, '2026-01-01')).toBe('2026-01-01');
  });
  it('has numbers of its days', () => {
    expect([viewersOn(event, 'zoom', '2025-04-18'), viewersOn(event, 'zoom', '2025-04-19'), viewersOn(undefined, 'zoom', '2025-04-18')]).toEqual([0, null, null]);
  });
  it('knows days that would be another edition', () => {
    expect([isFar(event, '2025-05-01'), isFar(event, '2025-12-01'), isFar(event, '2024-06-01'), isFar(undefined, '2025-01-01')]).toEqual([false, true, true, false]);
  });
});

import { describe, expect, it } from 'vitest';
import type { ServiceStats, Stats } from '../../shared/api/types';
import { noticesOf } from './notices';

const service = (more: Partial<ServiceStats>): ServiceStats => ({
  id: 's', name: 'S', color: '#000000', weeks: 2, viewers: 10, first_week: '2025-01-05', last_week: '2025-01-12', latest: 5, latest_week: '2025-01-12', previous: 5, change: 0,
  mean: 5, peak: 5, peak_week: '2025-01-05', top_platform: null, gaps: [], quality: [], ...more,
});
const stats = (...services: ServiceStats[]): Stats => ({
  revision: 1, services, events: [], last_upload: null, totals: { weekly_viewers: 0, event_viewers: 0, viewers: 0, services: 1, platforms: 1, events: 0, weeks: 2 },
});

describe('noticesOf', () => {
  it('tells a change at or above the threshold, in both directions', () => {
    const down = service({ latest: 75, previous: 100, change: -0.25 });
    expect(noticesOf(stats(down), 0.25, '2025-01-13')).toMatchObject([{ kind: 'change', ratio: -0.25, now: 75, before: 100 }]);
    expect(noticesOf(stats(down), 0.26, '2025-01-13')).toEqual([]);
  });
  it('has no percentage for a growth from zero', () => {
    expect(noticesOf(stats(service({ latest: 7, previous: 0, change: null })), 0.25, '2025-01-13')).toMatchObject([{ kind: 'new', now: 7 }]);
  });
  it('says nothing where the week before has no number', () => {
    expect(noticesOf(stats(service({ previous: null, change: null })), 0, '2025-01-13')).toEqual([]);
  });
  it('waits for the day after the week began', () => {
    const quiet = service({});
    expect(noticesOf(stats(quiet), 0.5, '2025-01-19')).toEqual([]);
    expect(noticesOf(stats(quiet), 0.5, '2025-01-20')).toMatchObject([{ kind: 'gap', week: '2025-01-19', weeks: 1 }]);
    expect(noticesOf(stats(quiet), 0.5, '2025-01-27')).toMatchObject([{ kind: 'gap', weeks: 2 }]);
  });
  it('takes a service without numbers for months for one that ended', () => {
    expect(noticesOf(stats(service({})), 0.5, '2025-06-01')).toEqual([]);
  });
});

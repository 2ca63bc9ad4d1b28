import { describe, expect, it } from 'vitest';
import type { Data } from '../../shared/api/types';
import { rowsOf, searchRows, sumOf } from './rows';

const data: Data = {
  revision: 1, from: null, to: null, interval: 'week',
  services: [
    {
      id: 's', name: 'Fête <b>', color: '#111111', platforms: [{ id: 'y', name: 'YouTube', color: '#222222' }, { id: 'z', name: 'Zoom', color: '#333333' }],
      week_start: ['2025-01-05', '2025-01-12'], week_end: ['2025-01-11', '2025-01-18'], viewers: { y: [10, 0], z: [null, 7] }, total: [10, 7],
    },
  ],
  events: [
    { id: 'e', name: 'Easter', start_date: '2025-04-18', end_date: '2025-04-18', description: null, platforms: [{ id: 'y', name: 'YouTube', color: '#222222' }], day: ['2025-04-18'], label: ['Good Friday'], viewers: { y: [99] }, total: [99] },
  ],
};

describe('rowsOf', () => {
  it('has a row for each number, also for zero, and none for no number; the newest first', () => {
    expect(rowsOf(data, 'weeks').map((row) => [row.platform, row.first, row.viewers])).toEqual([['YouTube', '2025-01-12', 0], ['Zoom', '2025-01-12', 7], ['YouTube', '2025-01-05', 10]]);
    expect(rowsOf(data, 'events')).toMatchObject([{ name: 'Easter', label: 'Good Friday', viewers: 99, cell: { event: 'e', platform: 'y', date: '2025-04-18' } }]);
  });
});

describe('searchRows', () => {
  const rows = rowsOf(data, 'weeks');
  it('finds every word, in any field, without case and accents', () => {
    expect(searchRows(rows, 'fete zoom')).toHaveLength(1);
    expect(searchRows(rows, '2025-01-05 you')).toHaveLength(1);
    expect(searchRows(rows, 'jan zoom')).toHaveLength(1);
    expect(searchRows(rows, 'nobody')).toHaveLength(0);
    expect(sumOf(searchRows(rows, '  '))).toBe(17);
  });
});

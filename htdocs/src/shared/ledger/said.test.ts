import { describe, expect, it } from 'vitest';
import type { Upload } from '../api/types';
import { sayEntry, sayNews } from './said';

const entry = (id: number, more: Partial<Upload> = {}): Upload => ({
  id, kind: 'upload', filename: 'year.csv', mode: 'merge', actor: 'ada', at: '2026-01-05T10:00:00Z', rows_imported: 3, added: 2, changed: 1, cleared: 0, unchanged: 0,
  in_effect: true, undone_by: null, undoes: null, ...more,
});

describe('sayEntry', () => {
  it('names who did what, with what is not nothing', () => {
    expect(sayEntry(entry(1))).toBe('ada uploaded year.csv: 2 added, 1 changed.');
  });
  it('does not know who it was where the server does not tell', () => {
    expect(sayEntry(entry(2, { actor: null, kind: 'undo', undoes: 1, added: 0, changed: 0 }))).toBe('Somebody took back entry 1.');
  });
});

describe('sayNews', () => {
  it('is silent about what one did oneself, and about what was known', () => {
    expect(sayNews([entry(3), entry(2)], 1, new Set([2, 3]))).toBeUndefined();
    expect(sayNews([entry(3)], 3, new Set())).toBeUndefined();
  });
  it('counts what it does not tell', () => {
    expect(sayNews([entry(4), entry(3), entry(2)], 1, new Set([3]))).toBe('ada uploaded year.csv: 2 added, 1 changed. And one more change.');
  });
});

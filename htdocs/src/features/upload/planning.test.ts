import { describe, expect, it } from 'vitest';
import type { Change, UploadPlan } from '../../shared/api/types';
import { changeRow, firstKind, groupNotes, nameNote, newNames, sentence } from './planning';

describe('changeRow', () => {
  it('shapes a weekly number', () => {
    const change: Change = { service: 'S', platform: 'P', week_start: '2025-01-05', week_end: '2025-01-11', old: 0, new: 5, line: 3, column: 2 };
    expect(changeRow(change, 7)).toEqual({ key: '7', name: 'S', platform: 'P', day: '2025-01-05', old: 0, now: 5, end: null, place: { line: 3, column: 2 } });
  });
  it('says where only the end of the week is another', () => {
    const change: Change = { service: 'S', platform: 'P', week_start: '2025-01-05', week_end: '2025-01-06', old_week_end: '2025-01-11', old: 5, new: 5 };
    expect(changeRow(change, 0)).toMatchObject({ end: '2025-01-06', place: null });
  });
  it('shapes the number of an event, which is cleared', () => {
    const change: Change = { event: 'E', service: 'S', platform: 'P', date: '2025-12-31', old: 9, new: null };
    expect(changeRow(change, 0)).toMatchObject({ name: 'E · S', day: '2025-12-31', old: 9, now: null, end: null });
    expect(changeRow({ ...change, service: null }, 0).name).toBe('E');
  });
});

describe('firstKind', () => {
  it('is what would be lost, before what is new', () => {
    const counts = { added: 5, changed: 1, cleared: 0, unchanged: 9 };
    expect([firstKind(counts), firstKind({ ...counts, cleared: 1 }), firstKind({ ...counts, changed: 0 })]).toEqual(['changed', 'cleared', 'added']);
    expect(firstKind({ added: 0, changed: 0, cleared: 0, unchanged: 0 })).toBe('added');
  });
});

describe('notes', () => {
  it('are grouped by their codes, in order', () => {
    const note = (code: string, message: string) => ({ code, message });
    expect(groupNotes([note('b', '1'), note('a', '2'), note('b', '3')]).map((group) => [group.code, group.notes.map((one) => one.message)])).toEqual([['b', ['1', '3']], ['a', ['2']]]);
  });
  it('tell names, also with quotes in them', () => {
    const matched = (what: 'platform' | 'event') => nameNote({ code: 'name_matched', message: 'a message', what, from: 'You"tube', to: 'YouTube' });
    expect(matched('platform')).toEqual({ kind: 'platform', from: 'You"tube', to: 'YouTube' });
    expect(matched('event')).toBeNull();
    expect(nameNote({ code: 'name_assumed', message: 'a message', what: 'service', from: 'A', to: 'B' })).toEqual({ kind: 'service', from: 'B', to: 'A' });
    expect(nameNote({ code: 'date_order', message: 'dates' })).toBeNull();
  });
  it('begin like sentences', () => {
    expect([sentence('the file'), sentence('"x" is'), sentence('')]).toEqual(['The file', '"x" is', '']);
  });
});

describe('newNames', () => {
  it('are those that the server does not know', () => {
    const one = (id: string | null, name: string) => ({ id, name, added: 1, changed: 0, cleared: 0, unchanged: 0 });
    expect(newNames({ services: [one(null, 'N'), one('k', 'K')], new_platforms: ['Youtub'] } as unknown as UploadPlan)).toEqual({ service: ['N'], platform: ['Youtub'] });
  });
});

import { describe, expect, it } from 'vitest';
import type { Plan, Viewers } from '../../shared/api/types';
import { changesOf, EMPTY, extraKey, fieldOf, isAsSeen, isEmpty, isReady, reduceDraft, type Action, type Place } from './draft';

const place = (stored: Viewers, key = 'youtube'): Place => ({ key, name: 'YouTube', color: null, stored, hint: null });
const play = (...actions: Action[]) => actions.reduce(reduceDraft, EMPTY);
const typed = (text: string, stored: Viewers): Action => ({ type: 'typed', key: 'youtube', text, stored });
const left = (stored: Viewers): Action => ({ type: 'left', key: 'youtube', stored });

describe('fieldOf', () => {
  it('shows what is stored until something is typed', () => {
    expect(fieldOf(place(0), EMPTY)).toMatchObject({ text: '0', effect: 'same', conflict: null });
    expect(fieldOf(place(null), EMPTY)).toMatchObject({ text: '', effect: 'same' });
  });
  it('knows zero from no number', () => {
    expect(fieldOf(place(null), play(typed('0', null)))).toMatchObject({ effect: 'added', count: { kind: 'number', value: 0 } });
    expect(fieldOf(place(0), play(typed('', 0)))).toMatchObject({ effect: 'cleared' });
    expect(fieldOf(place(5), play(typed('7', 5))).effect).toBe('changed');
    expect(fieldOf(place(5), play(typed('5x', 5))).effect).toBe('bad');
  });
  it('tells that somebody else changed it after the typing began', () => {
    const draft = play(typed('7', 5), typed('70', 6));
    expect(fieldOf(place(6), draft).conflict).toEqual({ seen: 5 });
    expect(fieldOf(place(70), draft).conflict).toBeNull();
    expect(fieldOf(place(6), reduceDraft(draft, { type: 'settled', key: 'youtube', stored: 6, keep: 'mine' }))).toMatchObject({ text: '70', conflict: null, effect: 'changed' });
    expect(fieldOf(place(6), reduceDraft(draft, { type: 'settled', key: 'youtube', stored: 6, keep: 'theirs' }))).toMatchObject({ text: '6', effect: 'same' });
  });
});

describe('a draft', () => {
  it('is written as the reader writes it when the field is left, and forgotten where it says what is stored', () => {
    expect(play(typed('1 234', 5), left(5)).typed.get('youtube')?.text.replace(/\D/g, '')).toBe('1234');
    expect(isEmpty(play(typed('05', 5), left(5)))).toBe(true);
    expect(play(typed('x', 5), left(5)).typed.get('youtube')?.text).toBe('x');
    expect(play(left(5))).toBe(EMPTY);
  });
  it('has each added platform once', () => {
    expect(play({ type: 'platform', name: 'Zoom' }, { type: 'platform', name: 'Zoom' }).extra).toEqual(['Zoom']);
    expect(extraKey('__proto__')).toBe('+__proto__');
  });
  it('is gone when it is discarded', () => {
    expect(play(typed('7', 5), { type: 'discarded' })).toBe(EMPTY);
  });
});

describe('changesOf', () => {
  it('holds what saving does, with nulls for what is cleared', () => {
    const fields = [fieldOf(place(5), play(typed('', 5))), fieldOf(place(8, 'zoom'), EMPTY), fieldOf(place(null), play(typed('9', null)))];
    expect(changesOf(fields).map(({ effect, old, now }) => [effect, old, now])).toEqual([['cleared', 5, null], ['added', null, 9]]);
    expect(isReady(fields)).toBe(true);
  });
  it('is not ready with a bad number, a conflict, or nothing to do', () => {
    expect(isReady([fieldOf(place(5), play(typed('x', 5)))])).toBe(false);
    expect(isReady([fieldOf(place(6), play(typed('7', 5)))])).toBe(false);
    expect(isReady([fieldOf(place(5), EMPTY)])).toBe(false);
  });
});

describe('isAsSeen', () => {
  const changes = changesOf([fieldOf(place(5), play(typed('7', 5)))]);
  const plan = (old: Viewers, now: Viewers) => ({ cells: { added: [], changed: [{ old, new: now }], cleared: [], unchanged: [] } }) as unknown as Plan;
  it('compares what the server would do with what the page shows', () => {
    expect([isAsSeen(plan(5, 7), changes), isAsSeen(plan(6, 7), changes), isAsSeen(plan(5, 7), [])]).toEqual([true, false, false]);
  });
});

import { describe, expect, it } from 'vitest';
import { press } from './press';

describe('press', () => {
  it('leads to a view after both keys', () => {
    expect(press([], 'g')).toEqual({ kind: 'begun', keys: ['g'] });
    expect(press(['g'], 'd')).toMatchObject({ kind: 'done', shortcut: { view: 'data' } });
  });
  it('knows single keys', () => {
    expect(press([], 'u')).toMatchObject({ kind: 'done', shortcut: { view: 'upload' } });
    expect(press([], '?')).toMatchObject({ kind: 'done' });
  });
  it('begins anew where the keys do not go together', () => {
    expect(press(['g'], 'u')).toMatchObject({ kind: 'done', shortcut: { view: 'upload' } });
    expect(press(['g'], 'g')).toEqual({ kind: 'begun', keys: ['g'] });
    expect(press(['g'], 'x')).toEqual({ kind: 'nothing' });
  });
});

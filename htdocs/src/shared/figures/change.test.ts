import { describe, expect, it } from 'vitest';
import { changeOf, changeOrder } from './change';

describe('changeOf', () => {
  it.each([
    [5, null, { kind: 'none' }],
    [null, 5, { kind: 'none' }],
    [5, undefined, { kind: 'none' }],
    [0, 0, { kind: 'same' }],
    [5, 0, { kind: 'new', by: 5 }],
    [0, 5, { kind: 'change', by: -5, ratio: -1 }],
  ])('%s after %s', (now, before, change) => expect(changeOf(now, before)).toEqual(change));
});

describe('changeOrder', () => {
  it('puts new first, and nothing to compare with nowhere', () => {
    expect([{ kind: 'new', by: 1 } as const, { kind: 'change', by: 1, ratio: 2 } as const, { kind: 'same' } as const].map(changeOrder)).toEqual([Number.MAX_VALUE, 2, 0]);
    expect(changeOrder({ kind: 'none' })).toBeNull();
  });
});

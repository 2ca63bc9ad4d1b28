import { describe, expect, it } from 'vitest';
import { likeness, mostLike } from './similar';

describe('mostLike', () => {
  const known = ['YouTube', 'Facebook', "PT's YouTube", 'Zoom'];
  it('finds slips of the finger', () => {
    expect([mostLike('Youtub', known), mostLike('Face-bok', known), mostLike('Zoomm', known)]).toEqual(['YouTube', 'Facebook', 'Zoom']);
  });
  it('finds nothing where nothing is alike', () => {
    expect([mostLike('TikTok', known), mostLike('Faith Tube', known), mostLike('', known), mostLike('X', [])]).toEqual([null, null, null, null]);
  });
});

describe('likeness', () => {
  it('sees no case, accents and punctuation', () => {
    expect(likeness('Café Ü', 'cafe-u')).toBe(1);
  });
  it('is 0 for names without a letter in common', () => {
    expect(likeness('abc', 'xyz')).toBe(0);
  });
});

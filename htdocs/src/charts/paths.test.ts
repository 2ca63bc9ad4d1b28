import { describe, expect, it } from 'vitest';
import { areaPath, linePath } from './paths';

const x = (place: number) => place * 10, high = (place: number) => 100 - place, low = () => 100;

describe('linePath', () => {
  it('leaves out what is between two runs', () => expect(linePath([[0, 1], [3]], x, high)).toBe('M0,100L10,99M30,97'));
  it('is nothing without places', () => expect(linePath([], x, high)).toBe(''));
});

describe('areaPath', () => {
  it('goes along the upper edge and back along the lower', () => expect(areaPath([[1, 2]], x, low, high)).toBe('M10,99L20,98L20,100L10,100Z'));
  it('closes each run by itself', () => expect(areaPath([[0], [2]], x, low, high)).toBe('M0,100L0,100ZM20,98L20,100Z'));
  it('leaves the run as it is', () => {
    const run = [1, 2];
    areaPath([run], x, low, high);
    expect(run).toEqual([1, 2]);
  });
});

import { describe, expect, it } from 'vitest';
import { parseCount, writingOf, type Count } from './count';

const number = (value: number): Count => ({ kind: 'number', value });
const bad: Count = { kind: 'bad' };
const en = writingOf(['en-GB']), de = writingOf(['de-DE']), fr = writingOf(['fr-FR']), hi = writingOf(['hi-IN']), ar = writingOf(['ar-EG']);

describe('parseCount', () => {
  it('takes whole numbers, and zero is one', () => {
    expect([parseCount('0', en), parseCount('1146', en), parseCount(' 42 ', en)]).toEqual([number(0), number(1146), number(42)]);
  });
  it('takes nothing for no number', () => {
    expect([parseCount('', en), parseCount('  ', en)]).toEqual([{ kind: 'none' }, { kind: 'none' }]);
  });
  it('takes the separators of the locale, and spaces and apostrophes anywhere', () => {
    expect([parseCount('1,234,567', en), parseCount('1.234.567', de), parseCount('1 234 567', fr), parseCount('12,34,567', hi)]).toEqual(Array(4).fill(number(1_234_567)));
    expect([parseCount('1 234', en), parseCount("1'234", de), parseCount('1\u00a0234', en)]).toEqual(Array(3).fill(number(1234)));
  });
  it('does not take for thousands what may be decimals', () => {
    expect([parseCount('1.234', en), parseCount('1,234', de), parseCount('12.9', en), parseCount('1,5', en)]).toEqual([bad, bad, bad, bad]);
  });
  it('refuses what is no count', () => {
    expect(['-5', '1.2K', '350 est', '1,23', ',5', '1e3', '+4'].map((text) => parseCount(text, en))).toEqual(Array(7).fill(bad));
  });
  it('knows the most', () => {
    expect([parseCount('1000000000000', en), parseCount('1000000000001', en)]).toEqual([number(1e12), bad]);
  });
  it('reads back what every locale writes', () => {
    for (const locale of ['en-GB', 'de-DE', 'de-CH', 'fr-FR', 'hi-IN', 'ar-EG', 'pl-PL']) {
      for (const value of [0, 999, 1234, 12345, 1_234_567]) expect(parseCount(new Intl.NumberFormat(locale).format(value), writingOf([locale]))).toEqual(number(value));
    }
    expect(ar.digits[1]).not.toBe('1');
  });
});

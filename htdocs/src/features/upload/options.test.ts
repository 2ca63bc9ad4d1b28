import { describe, expect, it } from 'vitest';
import { DEFAULTS, fieldsOf, formOf, isYear, mayRename, withMode, withRename } from './options';

describe('fieldsOf', () => {
  it('says only what the person said', () => {
    expect(fieldsOf(DEFAULTS, { dry_run: '1' })).toEqual([['mode', 'merge'], ['dry_run', '1']]);
  });
  it('says everything that the person said', () => {
    const options = { ...DEFAULTS, skip: true, dateOrder: 'dmy', eventYear: 2024, encoding: 'windows-1252', delimiter: '\t', layout: 'sheet', service: [['A', 'B']], platform: [['C', 'D=E']] } as const;
    expect(fieldsOf(options, { expect: 'd' })).toEqual([
      ['mode', 'merge'], ['on_error', 'skip'], ['date_order', 'dmy'], ['event_year', '2024'], ['layout', 'sheet'], ['encoding', 'windows-1252'], ['delimiter', 'tab'],
      ['map_service', 'A=B'], ['map_platform', 'C=D=E'], ['expect', 'd'],
    ]);
  });
});

describe('formOf', () => {
  it('has the file last, under its own name', () => {
    const form = formOf(new File(['x'], 'y.csv'), DEFAULTS, { dry_run: '1' });
    expect([...form.keys()]).toEqual(['mode', 'dry_run', 'file']);
    expect((form.get('file') as File).name).toBe('y.csv');
  });
});

describe('options', () => {
  it('leave nothing out where the file replaces', () => {
    const skipping = { ...DEFAULTS, skip: true };
    expect([withMode(skipping, 'replace').skip, withMode(skipping, 'merge').skip]).toEqual([false, true]);
  });
  it('give a name one meaning, and take it back', () => {
    const once = withRename(DEFAULTS, 'platform', 'Youtub', 'YouTube');
    expect(withRename(once, 'platform', 'Youtub', 'Zoom').platform).toEqual([['Youtub', 'Zoom']]);
    expect(withRename(once, 'platform', 'Youtub', null).platform).toEqual([]);
  });
  it('know what the server takes', () => {
    expect([1969, 1970, 2199, 2200, 2024.5, Number.NaN].map(isYear)).toEqual([false, true, true, false, false, false]);
    expect(['A', 'a=b', ''].map(mayRename)).toEqual([true, false, false]);
  });
});

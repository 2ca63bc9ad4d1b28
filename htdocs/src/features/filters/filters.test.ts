import { describe, expect, it } from 'vitest';
import { parseFilters, SERVICES_INTERVAL, type ViewFilters } from '../../shared/url/filter-params';
import { paramsSet, resetOf, sayChosen, sayFilters, sayRange } from './active';
import { checkDraft } from './draft';
import { pick } from './pick';

const NOW = '2026-11-21';
const parse = (query: string, view: ViewFilters) => parseFilters(new URLSearchParams(query), NOW, view.interval);
const ONE: ViewFilters = { service: 'one', platform: true, range: true, interval: 'week', asOf: true };
const MANY: ViewFilters = { service: 'many', platform: true, range: true, interval: SERVICES_INTERVAL };
const idents = ['y', 'z', 'f'].map((id) => ({ id, name: id.toUpperCase(), color: '#111111' }));

describe('paramsSet', () => {
  it('is nothing at first, and does not count what the view has no control for', () => {
    expect(paramsSet(ONE, parse('', ONE))).toEqual([]);
    expect(paramsSet(ONE, parse('service=s&q=x&sort=total', ONE))).toEqual([]);
    expect(paramsSet({ search: true }, parse('platform=y&range=4w&q=x', { search: true }))).toEqual(['q']);
  });
  it('names what narrows', () => expect(paramsSet(ONE, parse('platform=y&platform=z&from=2025-01-01&interval=month&as_of=3', ONE))).toEqual(['platform', 'range', 'interval', 'as_of']));
  it('knows the view’s own interval', () => {
    expect(parse('', MANY).interval).toBe('month');
    expect(paramsSet(MANY, parse('interval=week&service=s', MANY))).toEqual(['service', 'interval']);
  });
  it('is taken away with all that belongs to it', () => expect(resetOf(['platform', 'range'])).toEqual({ platform: null, range: null, from: null, to: null }));
});

describe('words', () => {
  const plain = (text: string) => text.replace(/\s/g, ' ');
  it('say the range', () => {
    expect(['', 'range=4w', 'from=2025-01-01', 'to=2025-01-31', 'from=2025-01-01&to=2025-01-31'].map((query) => plain(sayRange(parse(query, ONE))))).toEqual(['All time', 'Last 4 weeks', 'From Jan 1, 2025', 'Until Jan 31, 2025', 'Jan 1 – 31, 2025']);
  });
  it('name a few, and count many', () => {
    expect([[], ['y'], ['y', 'gone'], ['y', 'z', 'f']].map((chosen) => sayChosen(chosen, idents, 'platforms'))).toEqual(['All platforms', 'Y', 'Y, gone', '3 platforms']);
  });
  it('say on paper what was chosen on the screen', () => {
    expect(plain(sayFilters(ONE, parse('platform=y&range=month&as_of=7', ONE), 'Sunday', [], idents))).toBe('Sunday · Y · This month (Nov 1 – 21, 2026) · By week · As it was after entry 7');
    expect(sayFilters({ search: true }, parse('q=a', { search: true }), undefined, [], [])).toBe('“a”');
  });
});

describe('pick', () => {
  it('adds and takes away in the order of the list', () => {
    expect(pick(['z'], 'y', idents)).toEqual(['y', 'z']);
    expect(pick(['y', 'z'], 'y', idents)).toEqual(['z']);
  });
  it('takes all for no filter', () => expect(pick(['y', 'z'], 'f', idents)).toEqual([]));
  it('lets go of what is not known any more', () => expect(pick(['gone', 'z'], 'gone', idents)).toEqual(['z']));
});

describe('checkDraft', () => {
  it.each([
    ['2025-01-01', '2025-01-01', { from: '2025-01-01', to: '2025-01-01' }],
    ['', '2025-01-31', { from: undefined, to: '2025-01-31' }],
    ['', '', { from: undefined, to: undefined }],
  ])('takes %s to %s', (from, to, range) => expect(checkDraft({ from, to })).toEqual({ range, fromError: undefined, toError: undefined }));
  it.each([['2025-02-30', ''], ['0002-01-01', ''], ['2025-01-02', '2025-01-01'], ['', '20250-01-01']])('refuses %s to %s', (from, to) => expect(checkDraft({ from, to }).range).toBeUndefined());
});

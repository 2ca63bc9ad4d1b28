import { describe, expect, it } from 'vitest';
import type { IdentEdit, SpecialEvent } from '../../shared/api/types';
import { eventForm, eventPatch, eventProblem, identForm, identPatch } from './patch';

const ident: IdentEdit = { id: 's', name: 'Sunday', color: '#0072b2', position: 0, original_name: 'Sunday', aliases: ['Sun'], numbers: 4 };
const event: SpecialEvent = { id: 'e', name: 'Easter', start_date: '2025-04-18', end_date: '2025-04-20', description: null, platforms: [], day: [], label: [], viewers: {}, total: [] };

describe('identPatch', () => {
  it('sends nothing where nothing is different', () => {
    expect(identPatch(ident, identForm(ident))).toBeNull();
    expect(identPatch(ident, { ...identForm(ident), color: '#0072B2', aliases: ' Sun \n\n' })).toBeNull();
  });
  it('sends only what is different', () => {
    expect(identPatch(ident, { ...identForm(ident), name: ' Sunday Service ', aliases: 'Sun\nSonntag' })).toEqual({ name: 'Sunday Service', aliases: ['Sun', 'Sonntag'] });
  });
  it('merges and does nothing else', () => {
    expect(identPatch(ident, { ...identForm(ident), name: 'x', mergeInto: 'other' })).toEqual({ merge_into: 'other' });
  });
});

describe('eventPatch', () => {
  it('sends only what is different', () => {
    expect(eventPatch(event, eventForm(event))).toBeNull();
    expect(eventPatch(event, { ...eventForm(event), description: 'Four services' })).toEqual({ description: 'Four services' });
  });
});

describe('eventProblem', () => {
  it('wants a name, a first day, and the days in order', () => {
    expect(eventProblem({ name: ' ', start: '2025-01-01', end: '', description: '' })).toBe('needName');
    expect(eventProblem({ name: 'x', start: '', end: '', description: '' })).toBe('needDay');
    expect(eventProblem({ name: 'x', start: '2025-01-02', end: '2025-01-01', description: '' })).toBe('badDays');
    expect(eventProblem({ name: 'x', start: '2025-01-02', end: '', description: '' })).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { ApiError } from '../../shared/api/error';
import type { Plan, UploadPlan, UploadResult } from '../../shared/api/types';
import { isLostOnLeaving, isNothing, mayCommit, reduce, START, type Action, type Flow } from './flow';
import { DEFAULTS } from './options';

const file = new File(['a'], 'a.csv');
const plan = { digest: 'd', added: 1, changed: 0, cleared: 0, unchanged: 0, labels_changed: 0, layout: 'tidy' } as UploadPlan;
const result = { upload: null } as UploadResult;
const error = new ApiError('offline', 0, 'away');
const play = (...actions: Action[]): Flow => actions.reduce(reduce, START);
const chosen: Action = { type: 'chosen', file };
const planned: Action = { type: 'planned', run: 1, plan };
const committing: Action = { type: 'committing' };
const optionsWith = (eventYear: number) => ({ ...DEFAULTS, eventYear });

describe('an upload', () => {
  it('goes from the file over its preview to the result', () => {
    expect(play(chosen)).toMatchObject({ phase: 'sending', purpose: 'plan', file, run: 1 });
    expect(play(chosen, { type: 'progress', run: 1, progress: { sent: 1, total: 2 } }).phase).toBe('sending');
    expect(play(chosen, { type: 'progress', run: 1, progress: { sent: 2, total: 2 } }).phase).toBe('reading');
    expect(play(chosen, planned)).toMatchObject({ phase: 'preview', preview: { plan } });
    expect(play(chosen, planned, committing)).toMatchObject({ phase: 'sending', purpose: 'commit', run: 2 });
    expect(play(chosen, planned, committing, { type: 'committed', run: 2, result })).toMatchObject({ phase: 'done', result });
  });
  it('takes no answer to an earlier question', () => {
    const corrected: Action = { type: 'corrected', options: optionsWith(2024) };
    expect(play(chosen, corrected, planned)).toMatchObject({ phase: 'sending', preview: null });
    expect(play(chosen, planned, corrected, { type: 'failed', run: 1, problem: error })).toMatchObject({ phase: 'sending', problem: null });
  });
  it('commits only what was shown', () => {
    expect(play(chosen, committing).purpose).toBe('plan');
    expect(mayCommit(play(chosen, planned, { type: 'corrected', options: optionsWith(2024) }))).toBe(false);
    expect(mayCommit(play(chosen, { type: 'planned', run: 1, plan: { ...plan, digest: null } }))).toBe(false);
    expect(mayCommit(play(chosen, { type: 'planned', run: 1, plan: { ...plan, added: 0 } }))).toBe(false);
    expect(mayCommit(play(chosen, planned))).toBe(true);
  });
  it('shows the new plan where somebody else was faster, and asks again', () => {
    const now = { digest: 'e', added: 0, changed: 1 } as Plan;
    const overtaken = play(chosen, planned, committing, { type: 'failed', run: 2, problem: new ApiError('plan_changed', 409, '', [], 0, null, null, now) });
    expect(overtaken).toMatchObject({ phase: 'preview', isOvertaken: true, problem: null, preview: { plan: { digest: 'e', changed: 1, layout: 'tidy' } } });
    expect(mayCommit(overtaken)).toBe(true);
  });
  it('keeps the file, the options and the preview where the server refuses', () => {
    const options = optionsWith(2024);
    const refused = play(chosen, planned, { type: 'corrected', options }, { type: 'failed', run: 2, problem: error });
    expect(refused).toMatchObject({ phase: 'refused', problem: error, file, options, preview: { plan } });
    expect(reduce(refused, { type: 'again' })).toMatchObject({ phase: 'sending', purpose: 'plan', options });
    expect(reduce(refused, { type: 'cancelled' })).toMatchObject({ phase: 'preview', options: DEFAULTS, problem: null });
    expect(play(chosen, planned, committing, { type: 'failed', run: 2, problem: error }, { type: 'again' })).toMatchObject({ purpose: 'commit', run: 3 });
  });
  it('goes back to the choice where there is no preview yet', () => {
    expect(play(chosen, { type: 'cancelled' })).toMatchObject({ phase: 'choose', file: null });
    expect(play(chosen, planned, { type: 'reset' })).toMatchObject({ phase: 'choose', preview: null });
    expect(play(chosen, planned, { type: 'not-chosen', problem: 'workbook' })).toMatchObject({ phase: 'choose', problem: 'workbook', file: null });
  });
  it('begins anew with another file', () => {
    const other = new File(['b'], 'b.csv');
    expect(play(chosen, planned, { type: 'corrected', options: optionsWith(2024) }, { type: 'chosen', file: other })).toMatchObject({ file: other, options: DEFAULTS, preview: null, run: 3 });
  });
  it('is lost on leaving only between the choice and the result', () => {
    expect([START, play(chosen), play(chosen, planned), play(chosen, planned, committing, { type: 'committed', run: 2, result })].map(isLostOnLeaving)).toEqual([false, true, true, false]);
  });
  it('is nothing where all is stored already, but not where it has problems', () => {
    expect(isNothing({ ...plan, added: 0, unchanged: 9 })).toBe(true);
    expect(isNothing({ ...plan, added: 0, labels_changed: 1 })).toBe(false);
    expect(isNothing({ ...plan, added: 0, digest: null })).toBe(false);
  });
});

/* An upload from the choice of a file to its result: which step follows which. */
import type { Progress } from '../../shared/api/client';
import { ApiError } from '../../shared/api/error';
import type { UploadPlan, UploadResult } from '../../shared/api/types';
import { DEFAULTS, type Options } from './options';

/** What this page finds out by itself. */
export type FileProblem = 'several' | 'workbook' | 'unreadable' | 'empty';
export type Problem = ApiError | FileProblem;

export type Phase = 'choose' | 'sending' | 'reading' | 'preview' | 'refused' | 'done';
export type Purpose = 'plan' | 'commit';

/** What the server said that a file would do, read with these options. */
export interface Preview {
  plan: UploadPlan;
  options: Options;
}

export interface Flow {
  phase: Phase;
  file: File | null;
  /** What the person wants; the preview's are what was last asked with. */
  options: Options;
  purpose: Purpose;
  progress: Progress | null;
  preview: Preview | null;
  /** The data changed between the preview and its commit: this is a new one. */
  isOvertaken: boolean;
  result: UploadResult | null;
  problem: Problem | null;
  /** Counts what was sent: an answer to an earlier one is too late. */
  run: number;
}

export const START: Flow = {
  phase: 'choose', file: null, options: DEFAULTS, purpose: 'plan', progress: null, preview: null, isOvertaken: false, result: null, problem: null, run: 0,
};

export type Action =
  | { type: 'chosen'; file: File }
  | { type: 'not-chosen'; problem: FileProblem }
  | { type: 'corrected'; options: Options }
  | { type: 'committing' }
  | { type: 'again' }
  | { type: 'progress'; run: number; progress: Progress }
  | { type: 'planned'; run: number; plan: UploadPlan }
  | { type: 'committed'; run: number; result: UploadResult }
  | { type: 'failed'; run: number; problem: Problem }
  | { type: 'cancelled' }
  | { type: 'reset' };

const sending = (flow: Flow, purpose: Purpose): Flow => ({ ...flow, phase: 'sending', purpose, progress: null, problem: null, run: flow.run + 1 });

/** To what was there before something was sent; the options are those that it shows. */
const back = (flow: Flow): Flow =>
  flow.preview
    ? { ...flow, phase: 'preview', options: flow.preview.options, progress: null, problem: null, run: flow.run + 1 }
    : { ...START, run: flow.run + 1 };

/** The plan that comes with a refusal says what would be done now; how the file was read has not changed. */
function failed(flow: Flow, problem: Problem): Flow {
  if (problem instanceof ApiError && problem.plan && flow.preview) {
    return { ...flow, phase: 'preview', preview: { ...flow.preview, plan: { ...flow.preview.plan, ...problem.plan } }, isOvertaken: true, progress: null };
  }
  return { ...flow, phase: 'refused', problem, progress: null };
}

export function reduce(flow: Flow, action: Action): Flow {
  if ('run' in action && action.run !== flow.run) return flow;
  switch (action.type) {
    case 'chosen':
      return sending({ ...START, file: action.file, run: flow.run }, 'plan');
    case 'not-chosen':
      return { ...START, problem: action.problem, run: flow.run + 1 };
    case 'corrected':
      return sending({ ...flow, options: action.options, isOvertaken: false }, 'plan');
    case 'committing':
      return mayCommit(flow) ? sending(flow, 'commit') : flow;
    case 'again':
      return flow.phase === 'refused' ? sending(flow, flow.purpose) : flow;
    case 'progress':
      return { ...flow, progress: action.progress, phase: action.progress.sent < action.progress.total ? 'sending' : 'reading' };
    case 'planned':
      return { ...flow, phase: 'preview', preview: { plan: action.plan, options: flow.options }, progress: null };
    case 'committed':
      return { ...flow, phase: 'done', result: action.result, progress: null };
    case 'failed':
      return failed(flow, action.problem);
    case 'cancelled':
      return back(flow);
    case 'reset':
      return { ...START, run: flow.run + 1 };
  }
}

export const isAtWork = (flow: Flow): boolean => flow.phase === 'sending' || flow.phase === 'reading';

/** Nothing that it would store is different from what is stored. */
export const isNothing = (plan: UploadPlan): boolean => plan.digest !== null && plan.added + plan.changed + plan.cleared + plan.labels_changed === 0;

/** Exactly what is shown can be stored. */
export const mayCommit = (flow: Flow): boolean =>
  flow.phase === 'preview' && flow.preview !== null && flow.preview.options === flow.options && flow.preview.plan.digest !== null && !isNothing(flow.preview.plan);

export const isLostOnLeaving = (flow: Flow): boolean => flow.phase !== 'choose' && flow.phase !== 'done';

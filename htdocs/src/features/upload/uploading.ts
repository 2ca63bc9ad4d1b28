/* The upload that is going on, kept while other views are looked at. */
import { upload, planUpload } from '../../shared/api/upload';
import { ApiError } from '../../shared/api/error';
import type { Progress } from '../../shared/api/client';
import type { Me } from '../../shared/api/types';
import { askBeforeLeaving, createStore } from '../../shared/store/store';
import { isAtWork, isLostOnLeaving, reduce, START, type Problem } from './flow';
import { isReadable, problemOf } from './file';
import { formOf, type Options } from './options';

const flow = createStore(reduce, START);
askBeforeLeaving(flow, isLostOnLeaving);

export const useFlow = flow.use;

let stop = new AbortController();

/** A file that changed or went away on the disk looks to the browser like a broken connection. */
async function problemBehind(cause: unknown, file: File): Promise<Problem> {
  if (!(cause instanceof ApiError)) throw cause;
  return cause.code === 'offline' && !(await isReadable(file)) ? 'unreadable' : cause;
}

async function run(): Promise<void> {
  const { run: number, file, options, purpose, preview } = flow.get();
  if (!file) return;
  stop.abort();
  const { signal } = (stop = new AbortController());
  const progress = (p: Progress) => flow.dispatch({ type: 'progress', run: number, progress: p });
  try {
    if (!(await isReadable(file))) flow.dispatch({ type: 'failed', run: number, problem: 'unreadable' });
    else if (purpose === 'plan') flow.dispatch({ type: 'planned', run: number, plan: await planUpload(formOf(file, options, { dry_run: '1' }), progress, signal) });
    else flow.dispatch({ type: 'committed', run: number, result: await upload(formOf(file, options, { expect: preview!.plan.digest! }), progress, signal) });
  } catch (cause) {
    if (!signal.aborted) flow.dispatch({ type: 'failed', run: number, problem: await problemBehind(cause, file) });
  }
}

export async function choose(files: readonly File[]): Promise<void> {
  const [file] = files, now = flow.get();
  if (!file || (isAtWork(now) && now.purpose === 'commit')) return;
  const problem = files.length > 1 ? 'several' : await problemOf(file);
  if (problem) {
    stop.abort();
    flow.dispatch({ type: 'not-chosen', problem });
    return;
  }
  flow.dispatch({ type: 'chosen', file });
  await run();
}

export function correct(options: Options): void {
  flow.dispatch({ type: 'corrected', options });
  void run();
}

export function commit(): void {
  const before = flow.get();
  flow.dispatch({ type: 'committing' });
  if (flow.get() !== before) void run();
}

export function tryAgain(): void {
  flow.dispatch({ type: 'again' });
  void run();
}

export function cancel(): void {
  stop.abort();
  flow.dispatch({ type: 'cancelled' });
}

export function reset(): void {
  stop.abort();
  flow.dispatch({ type: 'reset' });
}

let owner: string | null = null;

/** What one person chose is not shown to the next; a session that ended is nobody else yet. */
export function ownedBy(me: Me): void {
  if (me.method === 'anonymous' || me.user === owner) return;
  if (owner !== null) reset();
  owner = me.user;
}

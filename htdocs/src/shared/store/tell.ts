/* Says how something went that was done by the press of a button. */
import { toast } from './toasts';

export const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

export const tell = (work: Promise<unknown>, done: string): Promise<void> =>
  work.then(
    () => toast(done, 'good'),
    (cause: unknown) => toast(reasonOf(cause), 'bad'),
  );

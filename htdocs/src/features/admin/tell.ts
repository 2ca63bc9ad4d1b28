/* Says how something went that was done by the press of a button. */
import { toast } from '../../shared/store/toasts';

export const tell = (work: Promise<unknown>, done: string): Promise<void> =>
  work.then(
    () => toast(done, 'good'),
    (cause: unknown) => toast(cause instanceof Error ? cause.message : String(cause), 'bad'),
  );

/* The offer to take back what was just done, in the message that says so. */
import { undo } from '../api/hooks';
import { texts } from '../i18n/texts';
import { reasonOf } from '../store/tell';
import { toast, type Toast } from '../store/toasts';

const t = texts({ undo: 'Undo', done: 'Undone.', failed: 'That could not be undone: {why}' });

export function takeBack(entry: number, label = t('undo')): Toast['action'] {
  const run = () =>
    void undo(entry).then(
      () => toast(t('done'), 'good'),
      (cause: unknown) => toast(t('failed', { why: reasonOf(cause) }), 'bad'),
    );
  return { label, run };
}

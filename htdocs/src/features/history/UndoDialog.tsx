/* Taking an entry back, or putting it in again, after a look at what that does. */
import { useEffect, useState } from 'react';
import { planUndo, undo } from '../../shared/api/hooks';
import { ApiError } from '../../shared/api/error';
import type { Plan, Upload } from '../../shared/api/types';
import { PlanSummary } from '../../shared/ledger/PlanSummary';
import { sayEntry } from '../../shared/ledger/said';
import { takeBack } from '../../shared/ledger/taking-back';
import { texts } from '../../shared/i18n/texts';
import { toast } from '../../shared/store/toasts';
import { Button } from '../../shared/ui/Button';
import { Dialog } from '../../shared/ui/Dialog';
import { Note } from '../../shared/ui/Note';
import { Failure, Skeleton } from '../../shared/ui/States';

const t = texts({
  undo: 'Undo entry {id}',
  redo: 'Redo what entry {id} took back',
  rule: 'Numbers that a later entry says too stay as they are.',
  doUndo: 'Undo it',
  doRedo: 'Redo it',
  cancel: 'Cancel',
  doneUndo: 'Entry {id} is taken back.',
  doneRedo: 'What entry {id} took back is there again.',
  changed: 'Somebody changed the figures meanwhile. This is what would happen now:',
});

function usePlan(id: number) {
  const [plan, setPlan] = useState<Plan>();
  const [error, setError] = useState<ApiError>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    planUndo(id).then(
      (found) => !gone && setPlan(found),
      (cause: unknown) => !gone && cause instanceof ApiError && setError(cause),
    );
    return () => {
      gone = true;
    };
  }, [id, round]);
  return { plan, error, setError, again: () => setRound(round + 1), setPlan };
}

export function UndoDialog({ entry, onClose }: { entry: Upload; onClose: () => void }) {
  const redo = entry.kind === 'undo';
  const { plan, error, setError, again, setPlan } = usePlan(entry.id);
  const [busy, setBusy] = useState(false);
  const [changed, setChanged] = useState(false);
  const refuse = (cause: unknown) => {
    if (!(cause instanceof ApiError)) throw cause;
    if (cause.code !== 'plan_changed') return setError(cause);
    setChanged(true);
    if (cause.plan) setPlan(cause.plan);
    else again();
  };
  const go = () => {
    setBusy(true);
    undo(entry.id, plan?.digest)
      .then((result) => {
        toast(t(redo ? 'doneRedo' : 'doneUndo', { id: entry.id }), 'good', takeBack(result.upload.id, t(redo ? 'doUndo' : 'doRedo')));
        onClose();
      }, refuse)
      .finally(() => setBusy(false));
  };
  return (
    <Dialog
      wide
      title={t(redo ? 'redo' : 'undo', { id: entry.id })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="primary" busy={busy || !plan} onClick={go}>
            {t(redo ? 'doRedo' : 'doUndo')}
          </Button>
        </>
      }
    >
      <p>{sayEntry(entry)}</p>
      <p>{t('rule')}</p>
      {changed && <Note kind="warn" title={t('changed')} live />}
      {error && <Failure error={error} />}
      {plan ? <PlanSummary plan={plan} /> : !error && <Skeleton height="tiles" />}
    </Dialog>
  );
}

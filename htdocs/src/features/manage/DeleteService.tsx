/* Deleting a service's numbers, behind its typed name. */
import { useEffect, useState } from 'react';
import { deleteService, planDeleteService } from '../../shared/api/hooks';
import { ApiError } from '../../shared/api/error';
import type { IdentEdit, Plan } from '../../shared/api/types';
import { PlanSummary } from '../../shared/ledger/PlanSummary';
import { takeBack } from '../../shared/ledger/taking-back';
import { toast } from '../../shared/store/toasts';
import { Button } from '../../shared/ui/Button';
import { Dialog } from '../../shared/ui/Dialog';
import { TextField } from '../../shared/ui/Field';
import { Note } from '../../shared/ui/Note';
import { Failure, Skeleton } from '../../shared/ui/States';
import { t } from './texts';

export function DeleteService({ service, onClose }: { service: IdentEdit; onClose: () => void }) {
  const [plan, setPlan] = useState<Plan>();
  const [error, setError] = useState<ApiError>();
  const [typed, setTyped] = useState('');
  const [changed, setChanged] = useState(false);
  const [busy, setBusy] = useState(false);
  const note = (cause: unknown) => {
    if (!(cause instanceof ApiError)) throw cause;
    setChanged(cause.code === 'plan_changed');
    if (cause.plan) setPlan(cause.plan);
    else setError(cause);
  };
  useEffect(() => {
    planDeleteService(service.id).then(setPlan, note);
  }, [service.id]);
  const go = () => {
    setBusy(true);
    deleteService(service.id, plan?.digest)
      .then(({ upload }) => {
        toast(t('deleted', { name: service.name }), 'good', upload ? takeBack(upload.id) : undefined);
        onClose();
      }, note)
      .finally(() => setBusy(false));
  };
  return (
    <Dialog
      wide
      title={t('deleteTitle', { name: service.name })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="danger" busy={busy || !plan || typed.trim() !== service.name} onClick={go}>
            {t('deleteDo')}
          </Button>
        </>
      }
    >
      <p>{t('deleteText')}</p>
      {changed && <Note kind="warn" title={t('deleteChanged')} live />}
      {error && <Failure error={error} />}
      {plan ? <PlanSummary plan={plan} /> : !error && <Skeleton height="tiles" />}
      <TextField label={t('deleteType', { name: service.name })} value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
    </Dialog>
  );
}

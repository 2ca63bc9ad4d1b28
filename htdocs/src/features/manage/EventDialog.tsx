/* Making or editing a special event. */
import { useState } from 'react';
import { makeEvent, patchEvent } from '../../shared/api/hooks';
import type { SpecialEvent } from '../../shared/api/types';
import { Button } from '../../shared/ui/Button';
import { Dialog } from '../../shared/ui/Dialog';
import { TextArea, TextField } from '../../shared/ui/Field';
import { toastEdited } from './IdentDialog';
import { Refusal } from '../../shared/ui/Refusal';
import { eventForm, eventPatch, eventProblem, type EventForm } from './patch';
import { t } from './texts';
import { useSaving } from '../../shared/ui/useSaving';
import styles from './manage.module.css';

function send(event: SpecialEvent | null, form: EventForm) {
  if (!event) return makeEvent({ name: form.name.trim(), start_date: form.start, end_date: form.end || form.start, description: form.description.trim() || null });
  const patch = eventPatch(event, form);
  return patch ? patchEvent(event.id, patch) : Promise.resolve({ upload: null });
}

export function EventDialog({ event, onClose, onDelete }: { event: SpecialEvent | null; onClose: () => void; onDelete?: (() => void) | undefined }) {
  const [form, setForm] = useState(() => eventForm(event));
  const [tried, setTried] = useState(false);
  const { busy, error, save } = useSaving();
  const problem = eventProblem(form), shown = tried ? problem : null;
  const change = (part: Partial<EventForm>) => setForm({ ...form, ...part });
  const submit = () => {
    setTried(true);
    if (problem) return;
    save(
      send(event, form).then((result) => toastEdited(t(event ? 'saved' : 'created', { name: form.name }), result.upload)),
      onClose,
    );
  };
  return (
    <Dialog
      title={event ? t('editName', { name: event.name }) : t('newEvent')}
      onClose={onClose}
      footer={
        <>
          {onDelete && (
            <Button kind="danger" onClick={onDelete}>
              {t('eventDelete')}
            </Button>
          )}
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={submit}>
            {t('save')}
          </Button>
        </>
      }
    >
      <TextField label={t('name')} value={form.name} maxLength={200} error={shown === 'needName' ? t('needName') : undefined} onChange={(e) => change({ name: e.target.value })} />
      <div className={styles.pair}>
        <TextField label={t('first')} type="date" value={form.start} hint={event ? t('firstHint') : undefined} error={shown === 'needDay' ? t('needDay') : undefined} onChange={(e) => change({ start: e.target.value })} />
        <TextField label={t('last')} type="date" value={form.end} error={shown === 'badDays' ? t('badDays') : undefined} onChange={(e) => change({ end: e.target.value })} />
      </div>
      <TextArea label={t('description')} rows={3} maxLength={2000} value={form.description} onChange={(e) => change({ description: e.target.value })} />
      <Refusal error={error} />
    </Dialog>
  );
}

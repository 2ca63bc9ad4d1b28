/* Special events, to be edited. */
import { useState } from 'react';
import { deleteEvent, useCan } from '../../shared/api/hooks';
import type { SpecialEvent } from '../../shared/api/types';
import { formatRange } from '../../shared/format/date';
import { Button } from '../../shared/ui/Button';
import { Dialog } from '../../shared/ui/Dialog';
import { TextField } from '../../shared/ui/Field';
import { Panel } from '../../shared/ui/Panel';
import { Empty } from '../../shared/ui/States';
import { EventDialog } from './EventDialog';
import { toastEdited } from './IdentDialog';
import { Refusal } from '../../shared/ui/Refusal';
import { t } from './texts';
import { useSaving } from '../../shared/ui/useSaving';
import styles from './manage.module.css';

function DeleteEvent({ event, onClose }: { event: SpecialEvent; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const { busy, error, save } = useSaving();
  const go = () =>
    save(
      deleteEvent(event.id).then((result) => toastEdited(t('eventDeleted', { name: event.name }), result.upload)),
      onClose,
    );
  return (
    <Dialog
      title={t('eventDeleteTitle', { name: event.name })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="danger" busy={busy || typed.trim() !== event.name} onClick={go}>
            {t('eventDeleteDo')}
          </Button>
        </>
      }
    >
      <p>{t('eventDeleteText')}</p>
      <TextField label={t('deleteType', { name: event.name })} value={typed} autoComplete="off" onChange={(e) => setTyped(e.target.value)} />
      <Refusal error={error} />
    </Dialog>
  );
}

type Open = { what: 'new' } | { what: 'edit' | 'delete'; event: SpecialEvent } | null;

export function EventList({ events }: { events: readonly SpecialEvent[] }) {
  const [open, setOpen] = useState<Open>(null);
  const mayDelete = useCan('delete');
  const close = () => setOpen(null);
  return (
    <Panel title={t('events')} note={t('eventsNote')} actions={<Button onClick={() => setOpen({ what: 'new' })}>{t('newEvent')}</Button>}>
      {events.length === 0 && <Empty title={t('noEvents')} />}
      <ul className={styles.list}>
        {events.map((event) => (
          <li key={event.id} className={styles.row}>
            <div className={styles.what}>
              <p className={styles.name}>{event.name}</p>
              <p className={styles.hint}>
                {formatRange(event.start_date, event.end_date)}
                {event.description && ` · ${event.description}`}
              </p>
            </div>
            <Button small aria-label={t('editName', { name: event.name })} onClick={() => setOpen({ what: 'edit', event })}>
              {t('edit')}
            </Button>
          </li>
        ))}
      </ul>
      {open?.what === 'new' && <EventDialog event={null} onClose={close} />}
      {open?.what === 'edit' && <EventDialog event={open.event} onClose={close} onDelete={mayDelete ? () => setOpen({ what: 'delete', event: open.event }) : undefined} />}
      {open?.what === 'delete' && <DeleteEvent event={open.event} onClose={close} />}
    </Panel>
  );
}

/* Editing a service or platform. */
import { useState } from 'react';
import { patchPlatform, patchService } from '../../shared/api/hooks';
import type { IdentEdit, Upload } from '../../shared/api/types';
import { takeBack } from '../../shared/ledger/taking-back';
import { toast } from '../../shared/store/toasts';
import { Button } from '../../shared/ui/Button';
import { Dialog } from '../../shared/ui/Dialog';
import { SelectField, TextArea, TextField } from '../../shared/ui/Field';
import { Refusal } from '../../shared/ui/Refusal';
import { identForm, identPatch, type IdentForm } from './patch';
import { t } from './texts';
import { useSaving } from '../../shared/ui/useSaving';

export type IdentKind = 'service' | 'platform';

interface Props {
  kind: IdentKind;
  ident: IdentEdit;
  others: readonly IdentEdit[];
  onClose: () => void;
  /** Deleting its numbers, where one may. */
  onDelete?: (() => void) | undefined;
}

export function toastEdited(text: string, upload: Upload | null): void {
  toast(upload ? text : t('same'), 'good', upload ? takeBack(upload.id) : undefined);
}

function Fields({ form, ident, others, change }: { form: IdentForm; ident: IdentEdit; others: readonly IdentEdit[]; change: (part: Partial<IdentForm>) => void }) {
  return (
    <>
      <TextField label={t('name')} value={form.name} maxLength={200} disabled={form.mergeInto !== ''} error={form.name.trim() ? undefined : t('needName')} onChange={(event) => change({ name: event.target.value })} />
      <TextField label={t('color')} type="color" value={form.color} disabled={form.mergeInto !== ''} onChange={(event) => change({ color: event.target.value })} />
      <TextArea label={t('aliases')} hint={t('aliasesHint', { original: ident.original_name })} rows={3} value={form.aliases} disabled={form.mergeInto !== ''} onChange={(event) => change({ aliases: event.target.value })} />
      <SelectField label={t('merge')} hint={t('mergeHint')} value={form.mergeInto} onChange={(event) => change({ mergeInto: event.target.value })}>
        <option value="">{t('mergeNone')}</option>
        {others.map((other) => (
          <option key={other.id} value={other.id}>
            {other.name}
          </option>
        ))}
      </SelectField>
    </>
  );
}

export function IdentDialog({ kind, ident, others, onClose, onDelete }: Props) {
  const [form, setForm] = useState(() => identForm(ident));
  const { busy, error, save } = useSaving();
  const patch = identPatch(ident, form);
  const into = others.find((other) => other.id === form.mergeInto)?.name;
  const submit = () => {
    if (!patch) return onClose();
    const work = (kind === 'service' ? patchService : patchPlatform)(ident.id, patch);
    save(
      work.then((result) => toastEdited(into ? t('merged', { name: ident.name, into }) : t('saved', { name: form.name }), result.upload)),
      onClose,
    );
  };
  return (
    <Dialog
      title={t('editName', { name: ident.name })}
      onClose={onClose}
      footer={
        <>
          {onDelete && (
            <Button kind="danger" onClick={onDelete}>
              {t('delete')}
            </Button>
          )}
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="primary" busy={busy || !form.name.trim()} onClick={submit}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Fields form={form} ident={ident} others={others} change={(part) => setForm({ ...form, ...part })} />
      <Refusal error={error} />
    </Dialog>
  );
}

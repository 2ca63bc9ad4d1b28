/* Saves what was typed, exactly as it was shown. */
import { useState } from 'react';
import { enter, planEntry } from '../../shared/api/hooks';
import { ApiError } from '../../shared/api/error';
import { refreshAll } from '../../shared/api/query';
import type { Entries, EntryResult, Plan } from '../../shared/api/types';
import { takeBack } from '../../shared/ledger/taking-back';
import { toast } from '../../shared/store/toasts';
import { isAsSeen, type Change } from './draft';
import { counted, t } from './texts';

export type Saving = { kind: 'idle' } | { kind: 'busy' } | { kind: 'failed'; error: ApiError } | { kind: 'overtaken'; plan: Plan };

async function commit(what: string, entries: Entries, plan: Plan): Promise<EntryResult> {
  const result = await enter(entries, plan.digest), { upload } = result;
  if (upload) toast(t('saved', { what, ...counted(upload.added + upload.changed + upload.cleared) }), 'good', takeBack(upload.id));
  else toast(t('savedNothing'));
  return result;
}

function failed(cause: unknown): Saving {
  if (!(cause instanceof ApiError)) throw cause;
  if (!cause.plan) return { kind: 'failed', error: cause };
  refreshAll();
  return { kind: 'overtaken', plan: cause.plan };
}

/** what: for the message afterwards. done: it is stored. */
export function useSaving(what: string, done: (result: EntryResult) => void) {
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' });
  const run = async (work: () => Promise<Saving>) => {
    setSaving({ kind: 'busy' });
    setSaving(await work().catch(failed));
  };
  const store = async (entries: Entries, plan: Plan): Promise<Saving> => {
    done(await commit(what, entries, plan));
    return { kind: 'idle' };
  };
  const save = (entries: Entries, changes: readonly Change[]) =>
    run(async () => {
      const plan = await planEntry(entries);
      if (isAsSeen(plan, changes)) return store(entries, plan);
      refreshAll();
      return { kind: 'overtaken', plan };
    });
  const saveAs = (entries: Entries, plan: Plan) => run(() => store(entries, plan));
  return { saving, save, saveAs, forget: () => setSaving({ kind: 'idle' }) };
}

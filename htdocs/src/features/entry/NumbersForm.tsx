/* The numbers of one week or day: typed, looked at, saved. */
import { useRef, type KeyboardEvent } from 'react';
import type { ApiError } from '../../shared/api/error';
import type { Entries, EntryResult, Plan } from '../../shared/api/types';
import { exact } from '../../shared/format/number';
import { Button } from '../../shared/ui/Button';
import { Note } from '../../shared/ui/Note';
import { Panel } from '../../shared/ui/Panel';
import { AddPlatform } from './AddPlatform';
import { changesOf, extraKey, fieldOf, isReady, type Change, type Place } from './draft';
import { useDraft } from './drafts';
import { NumberField } from './NumberField';
import { useSaving, type Saving } from './saving';
import { counted, t } from './texts';
import styles from './entry.module.css';

const say = (n: number | null) => (n === null ? t('none') : exact(n));

function WhatChanges({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0) return <p className={styles.quiet}>{t('nothingYet')}</p>;
  return (
    <>
      <p>
        <strong>{t('willChange', counted(changes.length))}</strong>
      </p>
      <ul className={styles.changes}>
        {changes.map((change) => (
          <li key={change.key}>{t('change', { name: change.name, old: say(change.old), now: say(change.now) })}</li>
        ))}
      </ul>
    </>
  );
}

function failureText(error: ApiError): string {
  if (error.status === 401) return t('signIn');
  if (error.code === 'offline') return t('offline');
  return `${error.message}. ${t('kept')}`;
}

function Overtaken({ plan, onSave }: { plan: Plan; onSave: () => void }) {
  const cells = [...plan.cells.added, ...plan.cells.changed, ...plan.cells.cleared];
  return (
    <Note kind="warn" title={t('overtaken')} live actions={<Button onClick={onSave}>{t('saveThis')}</Button>}>
      <p>{t('overtakenText')}</p>
      <ul>
        {cells.map((cell, i) => (
          <li key={i}>{t('change', { name: cell.platform, old: say(cell.old), now: say(cell.new) })}</li>
        ))}
        {cells.length === 0 && <li>{t('savedNothing')}</li>}
      </ul>
    </Note>
  );
}

function Outcome({ saving, onSaveAs }: { saving: Saving; onSaveAs: (plan: Plan) => void }) {
  if (saving.kind === 'overtaken') return <Overtaken plan={saving.plan} onSave={() => onSaveAs(saving.plan)} />;
  if (saving.kind !== 'failed') return null;
  return (
    <Note kind="bad" title={t('failed')} live>
      <p>{failureText(saving.error)}</p>
    </Note>
  );
}

/** Enter leads on: to the next number, and from the last one to the button. */
function goOn(event: KeyboardEvent<HTMLElement>, save: () => void): void {
  if (event.key !== 'Enter') return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    save();
    return;
  }
  if (!(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button[type="submit"]')];
  stops[stops.indexOf(event.target) + 1]?.focus();
}

function Buttons({ busy, ready, onDiscard }: { busy: boolean; ready: boolean; onDiscard: (() => void) | null }) {
  return (
    <div className={styles.row}>
      <Button type="submit" kind="primary" busy={busy} aria-disabled={!ready}>
        {t('save')}
      </Button>
      {onDiscard && <Button onClick={onDiscard}>{t('discard')}</Button>}
    </div>
  );
}

interface Props {
  /** What the numbers are of: another one is another form. */
  of: string;
  title: string;
  places: readonly Place[];
  /** What it needs before it can be saved. */
  missing?: string | undefined;
  entriesOf: (changes: readonly Change[]) => Entries['entries'];
  onSaved?: (result: EntryResult) => void;
}

export function NumbersForm({ of, title, places, missing, entriesOf, onSaved }: Props) {
  const [draft, dispatch] = useDraft(of);
  const form = useRef<HTMLFormElement>(null);
  const known = new Set(places.map((place) => place.name));
  const extra = draft.extra.filter((name) => !known.has(name)).map((name): Place => ({ key: extraKey(name), name, color: null, stored: null, hint: null }));
  const fields = [...places, ...extra].map((place) => fieldOf(place, draft));
  const changes = changesOf(fields), ready = isReady(fields) && !missing;
  const { saving, save, saveAs, forget } = useSaving(title, (result) => {
    dispatch({ type: 'discarded' });
    onSaved?.(result);
  });
  const discard = () => {
    dispatch({ type: 'discarded' });
    forget();
  };
  const entries = () => ({ entries: entriesOf(changes) });
  const trySave = () => {
    if (ready && saving.kind !== 'busy') void save(entries(), changes);
  };
  const add = (name: string) => {
    dispatch({ type: 'platform', name });
    window.setTimeout(() => [...(form.current?.querySelectorAll<HTMLElement>('[data-numbers] input') ?? [])].at(-1)?.focus());
  };
  return (
    <Panel title={title} note={t('numbersNote')}>
      <form
        ref={form}
        noValidate
        className={styles.form}
        onKeyDown={(event) => goOn(event, trySave)}
        onSubmit={(event) => {
          event.preventDefault();
          trySave();
        }}
      >
        {fields.length === 0 && <p className={styles.quiet}>{t('noPlatforms')}</p>}
        <div className={styles.numbers} data-numbers>
          {fields.map((field) => (
            <NumberField key={field.key} field={field} dispatch={dispatch} />
          ))}
        </div>
        <AddPlatform present={fields.map((field) => field.name)} onAdd={add} />
        <div className={styles.outcome} aria-live="polite">
          <WhatChanges changes={changes} />
          {missing && changes.length > 0 && <p>{missing}</p>}
        </div>
        <Outcome saving={saving} onSaveAs={(plan) => void saveAs(entries(), plan)} />
        <Buttons busy={saving.kind === 'busy'} ready={ready} onDiscard={draft.typed.size > 0 ? discard : null} />
      </form>
    </Panel>
  );
}

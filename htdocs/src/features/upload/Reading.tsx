/* How the file was read, and what can be said about it otherwise. */
import { useState } from 'react';
import type { Note, UploadPlan } from '../../shared/api/types';
import { Button } from '../../shared/ui/Button';
import { SelectField, TextField } from '../../shared/ui/Field';
import { Panel } from '../../shared/ui/Panel';
import { Segmented } from '../../shared/ui/Segmented';
import { NoteList } from './Notes';
import { DELIMITERS, ENCODINGS, isYear, LAYOUTS, mayRename, withRename, type Options } from './options';
import { groupNotes, nameNote, type NameNote, type NoteGroup } from './planning';
import { counted, t } from './texts';
import { correct } from './uploading';
import styles from './reading.module.css';

const DELIMITER_NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;

function Year({ options, busy }: { options: Options; busy: boolean }) {
  const [text, setText] = useState(options.eventYear?.toString() ?? '');
  const isBad = text !== '' && !isYear(Number(text));
  const use = () => !isBad && correct({ ...options, eventYear: text === '' ? null : Number(text) });
  return (
    <form
      className={styles.controls}
      onSubmit={(event) => {
        event.preventDefault();
        use();
      }}
    >
      <TextField label={t('year')} hint={t('yearHint')} error={isBad ? t('yearBad') : undefined} inputMode="numeric" maxLength={4} value={text} onChange={(event) => setText(event.target.value.trim())} />
      <Button type="submit" busy={busy}>
        {t('use')}
      </Button>
    </form>
  );
}

function OtherName({ note, options, busy }: { note: NameNote; options: Options; busy: boolean }) {
  const [name, setName] = useState('');
  const say = (to: string) => correct(withRename(options, note.kind, note.from, to));
  return (
    <details>
      <summary>{t('other')}</summary>
      <form
        className={styles.controls}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) say(name.trim());
        }}
      >
        <TextField label={t('other')} hint={t('otherHint')} maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
        <Button type="submit" busy={busy}>
          {t('use')}
        </Button>
      </form>
    </details>
  );
}

function NameCorrection({ note, options, busy }: { note: Note; options: Options; busy: boolean }) {
  const names = nameNote(note);
  if (!names || !mayRename(names.from)) return null;
  if (note.code === 'name_matched') return <OtherName note={names} options={options} busy={busy} />;
  return (
    <Button small onClick={() => correct(withRename(options, names.kind, names.from, names.to))}>
      {t('keepName', { name: names.to })}
    </Button>
  );
}

function OrderCorrection({ order, options }: { order: UploadPlan['date_order']; options: Options }) {
  return (
    <Segmented
      label={t('dateOrder')}
      value={order ?? 'mdy'}
      options={[
        { value: 'mdy', label: t('mdy') },
        { value: 'dmy', label: t('dmy') },
      ]}
      onChange={(dateOrder) => correct({ ...options, dateOrder })}
    />
  );
}

const KNOWN = ['year_assumed', 'date_order', 'name_matched', 'name_assumed', 'name_qualified', 'session_list', 'editions'] as const;
const titleOf = ({ code, notes }: NoteGroup) => t(KNOWN.find((known) => known === code) ?? 'otherNotes', counted(notes.length));

interface Props {
  plan: UploadPlan;
  options: Options;
  busy: boolean;
}

function Assumed({ group, plan, options, busy }: Props & { group: NoteGroup }) {
  return (
    <li className={styles.group}>
      <h3>{titleOf(group)}</h3>
      <NoteList notes={group.notes} after={(note) => <NameCorrection note={note} options={options} busy={busy} />} />
      {group.code === 'year_assumed' && <Year options={options} busy={busy} />}
      {group.code === 'date_order' && <OrderCorrection order={plan.date_order} options={options} />}
    </li>
  );
}

/** "" stands for what is found out. */
function Expert<K extends 'layout' | 'encoding' | 'delimiter' | 'dateOrder'>(props: { field: K; options: Options; values: readonly NonNullable<Options[K]>[]; found: string | null; nameOf: (value: NonNullable<Options[K]>) => string }) {
  const { field, options, values, found, nameOf } = props;
  return (
    <SelectField label={t(field)} value={options[field] ?? ''} onChange={(event) => correct({ ...options, [field]: event.target.value || null })}>
      <option value="">{found && options[field] === null ? t('foundAs', { what: found }) : t('found')}</option>
      {values.map((value) => (
        <option key={value} value={value}>
          {nameOf(value)}
        </option>
      ))}
    </SelectField>
  );
}

/** plan null: it could not be read at all, and another way may help. */
export function ReadingChoices({ plan, options }: { plan: UploadPlan | null; options: Options }) {
  const delimiterName = (delimiter: UploadPlan['delimiter']) => t(DELIMITER_NAMES[delimiter]);
  return (
    <div className={styles.choices}>
      <Expert field="layout" options={options} values={LAYOUTS} found={plan && t(plan.layout)} nameOf={t} />
      <Expert field="dateOrder" options={options} values={['mdy', 'dmy']} found={plan?.date_order ? t(plan.date_order) : null} nameOf={t} />
      <Expert field="encoding" options={options} values={ENCODINGS} found={plan && plan.encoding.toUpperCase()} nameOf={(encoding) => encoding.toUpperCase()} />
      <Expert field="delimiter" options={options} values={DELIMITERS} found={plan && delimiterName(plan.delimiter)} nameOf={delimiterName} />
    </div>
  );
}

export function Reading({ plan, options, busy }: Props) {
  const groups = groupNotes(plan.assumed);
  return (
    <Panel title={t('how')} note={t('rows', counted(plan.rows))}>
      <ReadingChoices plan={plan} options={options} />
      {groups.length === 0 ? (
        <p className={styles.quiet}>{t('noneAssumed')}</p>
      ) : (
        <ul className={styles.list} aria-label={t('assumed')}>
          {groups.map((group) => (
            <Assumed key={group.code} group={group} plan={plan} options={options} busy={busy} />
          ))}
        </ul>
      )}
      {options.eventYear !== null && !groups.some((group) => group.code === 'year_assumed') && <Year options={options} busy={busy} />}
    </Panel>
  );
}

/* Entering the numbers of one day of a special event. */
import { useState } from 'react';
import { useEvents } from '../../shared/api/hooks';
import type { Day, Ident, SpecialEvent } from '../../shared/api/types';
import { formatRange, formatWeekday } from '../../shared/format/date';
import { exact } from '../../shared/format/number';
import { addDays, isDay, today } from '../../shared/time/day';
import { setParams, useLocation } from '../../shared/url/location';
import { SelectField, TextField } from '../../shared/ui/Field';
import { Answer } from '../../shared/ui/States';
import { DayField } from './DayField';
import type { Change, Place } from './draft';
import { expectedDay, isFar, viewersOn } from './editions';
import { NumbersForm } from './NumbersForm';
import { t } from './texts';
import { usePinned } from './use-pinned';
import styles from './entry.module.css';

/** Not a public id. */
const NEW = '+';

function placeOf(event: SpecialEvent, { id, name, color }: Ident, day: Day): Place {
  const before = viewersOn(event, id, addDays(day, -1));
  return { key: id, name, color, stored: viewersOn(event, id, day), hint: before === null ? null : t('lastDay', { n: exact(before) }) };
}

const entriesOf = (event: string, date: Day) => (changes: readonly Change[]) => changes.map((change) => ({ event, platform: change.name, date, viewers: change.now }));

function ChosenDay({ events }: { events: readonly SpecialEvent[] }) {
  const { params } = useLocation();
  const [name, setName] = useState('');
  /* The newest are what is being entered. */
  const choices = [...events].reverse(), newest = usePinned('', choices[0]?.id ?? NEW), asked = params.get('event') ?? newest;
  const event = events.find((one) => one.id === asked), chosen = event?.id ?? NEW;
  const expected = usePinned(chosen, expectedDay(event, today())), date = params.get('date'), day = date && isDay(date) ? date : expected;
  const shownName = event?.name ?? name.trim();
  return (
    <>
      <div className={styles.choice}>
        <SelectField label={t('whichEvent')} value={chosen} onChange={(change) => setParams({ event: change.target.value, date: null }, true)}>
          {choices.map((one) => (
            <option key={one.id} value={one.id}>
              {t('edition', { name: one.name, when: formatRange(one.start_date, one.end_date) })}
            </option>
          ))}
          <option value={NEW}>{t('newEvent')}</option>
        </SelectField>
        {!event && <TextField label={t('eventName')} maxLength={200} value={name} onChange={(change) => setName(change.target.value)} />}
        <DayField label={t('day')} day={day} hint={isFar(event, day) ? t('far') : formatWeekday(day)} onDay={(next) => setParams({ date: next }, true)} />
      </div>
      <NumbersForm
        key={`${chosen} ${day}`}
        of={`event ${chosen} ${day}`}
        title={`${shownName || t('newEvent')} · ${formatWeekday(day)}`}
        places={event?.platforms.map((platform) => placeOf(event, platform, day)) ?? []}
        missing={shownName ? undefined : t('needName')}
        entriesOf={entriesOf(shownName, day)}
        onSaved={(result) => setParams({ event: result.events[0]?.id ?? chosen, date: day }, true)}
      />
    </>
  );
}

export function EventEntry() {
  return <Answer answer={useEvents()}>{(data) => <ChosenDay events={data.events} />}</Answer>;
}

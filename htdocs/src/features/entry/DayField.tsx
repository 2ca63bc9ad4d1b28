/* A day that is typed or picked; an unfinished one changes nothing. */
import { useState, type ReactNode } from 'react';
import type { Day } from '../../shared/api/types';
import { isDay } from '../../shared/time/day';
import { TextField } from '../../shared/ui/Field';
import { t } from './texts';

const FIRST = '1970-01-01', LAST = '2199-12-31';
const isTaken = (text: string) => isDay(text) && text >= FIRST && text <= LAST;

export function DayField({ label, day, hint, onDay }: { label: string; day: Day; hint: ReactNode; onDay: (day: Day) => void }) {
  const [text, setText] = useState(day);
  const [shown, setShown] = useState(day);
  if (shown !== day) {
    setShown(day);
    setText(day);
  }
  return (
    <TextField
      label={label}
      type="date"
      min={FIRST}
      max={LAST}
      value={text}
      hint={hint}
      error={isTaken(text) ? undefined : t('badDay')}
      onChange={(event) => {
        setText(event.target.value);
        if (isTaken(event.target.value)) onDay(event.target.value);
      }}
    />
  );
}

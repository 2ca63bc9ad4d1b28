/* The days that are looked at: by name, or from one to another. */
import { useState, type FormEvent } from 'react';
import { setPreset, setRange, type Filters } from '../../shared/url/filters';
import { PRESETS } from '../../shared/time/range';
import { Button } from '../../shared/ui/Button';
import { TextField } from '../../shared/ui/Field';
import { sayRange } from './active';
import { checkDraft } from './draft';
import { Popover } from './Popover';
import { t } from './texts';
import styles from './filters.module.css';

function Days({ filters, onDone }: { filters: Filters; onDone: () => void }) {
  const [draft, setDraft] = useState({ from: filters.from ?? '', to: filters.to ?? '' });
  const [tried, setTried] = useState(false);
  const { range, fromError, toError } = checkDraft(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!range) return;
    if (range.from || range.to) setRange(range);
    else setPreset('all');
    onDone();
  };
  return (
    <form className={styles.days} onSubmit={submit} noValidate>
      <TextField type="date" label={t('from')} value={draft.from} max={draft.to || undefined} error={tried ? fromError : undefined} onChange={(event) => setDraft({ ...draft, from: event.target.value })} />
      <TextField type="date" label={t('to')} value={draft.to} min={draft.from || undefined} error={tried ? toError : undefined} onChange={(event) => setDraft({ ...draft, to: event.target.value })} />
      <Button type="submit" className={styles.apply}>
        {t('apply')}
      </Button>
    </form>
  );
}

export function RangePicker({ filters }: { filters: Filters }) {
  return (
    <Popover className={styles.wide} label={t('range')} value={sayRange(filters)}>
      {(close) => (
        <>
          <div className={styles.presets}>
            {PRESETS.map((preset) => (
              <Button
                key={preset}
                small
                kind={preset === filters.preset ? 'primary' : 'quiet'}
                aria-pressed={preset === filters.preset}
                onClick={() => {
                  setPreset(preset);
                  close();
                }}
              >
                {t(preset)}
              </Button>
            ))}
          </div>
          <Days filters={filters} onDone={close} />
        </>
      )}
    </Popover>
  );
}

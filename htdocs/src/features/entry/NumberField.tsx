/* One platform's number, with what is stored beside it. */
import { exact } from '../../shared/format/number';
import { Button } from '../../shared/ui/Button';
import { TextField } from '../../shared/ui/Field';
import { Swatch } from '../../shared/ui/Swatch';
import { MOST } from './count';
import type { Action, Field } from './draft';
import { t } from './texts';
import styles from './entry.module.css';

function hintOf(field: Field): string | undefined {
  if (field.effect === 'cleared') return `${t('stored', { n: exact(field.stored) })}. ${t('clears')}`;
  if (field.effect === 'changed' || (field.effect === 'bad' && field.stored !== null)) return t('stored', { n: exact(field.stored) });
  return field.hint ?? undefined;
}

function Conflict({ field, settle }: { field: Field; settle: (keep: 'mine' | 'theirs') => void }) {
  const say = (n: Field['stored']) => (n === null ? t('none') : exact(n));
  return (
    <div className={styles.conflict} role="alert">
      <p>{t('conflict', { seen: say(field.conflict!.seen), theirs: say(field.stored) })}</p>
      <div className={styles.row}>
        <Button small onClick={() => settle('mine')}>
          {t('mine')}
        </Button>
        <Button small onClick={() => settle('theirs')}>
          {t('theirs')}
        </Button>
      </div>
    </div>
  );
}

export function NumberField({ field, dispatch }: { field: Field; dispatch: (action: Action) => void }) {
  const { key, stored } = field;
  return (
    <div className={styles.number}>
      {field.color && <Swatch color={field.color} />}
      <TextField
        label={field.name}
        hint={hintOf(field)}
        error={field.effect === 'bad' ? t('bad', { most: exact(MOST) }) : undefined}
        inputMode="numeric"
        autoComplete="off"
        value={field.text}
        onChange={(event) => dispatch({ type: 'typed', key, text: event.target.value, stored })}
        onBlur={() => dispatch({ type: 'left', key, stored })}
        onFocus={(event) => event.target.select()}
      />
      {field.conflict && <Conflict field={field} settle={(keep) => dispatch({ type: 'settled', key, stored, keep })} />}
    </div>
  );
}

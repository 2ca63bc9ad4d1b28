/* Asking for the PIN. */
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../shared/api/error';
import { signIn } from '../../shared/api/session';
import { Button } from '../../shared/ui/Button';
import { TextField } from '../../shared/ui/Field';
import { t } from './texts';
import styles from './session.module.css';

function messageOf(error: unknown): string {
  if (!(error instanceof ApiError)) return t('failed');
  if (error.code === 'wrong_pin') return t('wrongPin');
  const wait = error.retryAfter;
  if (error.status === 429) return !wait ? t('tooOftenSoon') : wait < 100 ? t('tooOften', { n: wait }) : t('tooOftenMinutes', { n: Math.ceil(wait / 60) });
  return error.code === 'offline' ? t('offline') : error.message;
}

export function PinForm({ onDone }: { onDone: () => void }) {
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (!pin) return setProblem(t('empty'));
    setBusy(true);
    signIn(pin)
      .then(onDone, (error: unknown) => {
        setProblem(messageOf(error));
        setPin('');
      })
      .finally(() => setBusy(false));
  };
  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      <TextField label={t('pin')} type="password" autoComplete="current-password" value={pin} onChange={(event) => setPin(event.target.value)} error={problem} autoFocus />
      <p role="alert" className="visually-hidden">
        {problem}
      </p>
      <Button kind="primary" type="submit" busy={busy}>
        {t('signIn')}
      </Button>
    </form>
  );
}

/* Making a token, and showing it the only time. */
import { useState } from 'react';
import { makeToken } from '../../shared/api/admin';
import { MOUNT } from '../../shared/api/base';
import type { TokenMade, TokenNew } from '../../shared/api/types';
import { Button } from '../../shared/ui/Button';
import { Dialog } from '../../shared/ui/Dialog';
import { SelectField, TextField } from '../../shared/ui/Field';
import { Note } from '../../shared/ui/Note';
import { Refusal } from '../../shared/ui/Refusal';
import { useSaving } from '../../shared/ui/useSaving';
import { Copied } from './Copied';
import { t } from './texts';
import styles from './admin.module.css';

const ROLES = ['viewer', 'editor', 'admin'] as const;

function Made({ made, onClose }: { made: TokenMade; onClose: () => void }) {
  const curl = t('curl', { url: new URL('api/upload', MOUNT).href });
  return (
    <Dialog
      wide
      title={t('made', { name: made.token.name })}
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose}>
          {t('close')}
        </Button>
      }
    >
      <div className={styles.steps}>
        <Note kind="warn" title={t('madeText')} live />
        <Copied label={t('secret')} text={made.secret} />
        <Copied label={t('example')} text={curl} />
      </div>
    </Dialog>
  );
}

export function MakeToken({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState(''), [role, setRole] = useState<TokenNew['role']>('editor'), [days, setDays] = useState('90');
  const [tried, setTried] = useState(false), [made, setMade] = useState<TokenMade>();
  const { busy, error, save } = useSaving();
  const expires = Number(days), daysFit = Number.isInteger(expires) && expires > 0 && expires < 367;
  const submit = () => {
    setTried(true);
    if (name.trim() && daysFit) save(makeToken({ name: name.trim(), role, expires_in_days: expires }).then(setMade), () => undefined);
  };
  if (made) return <Made made={made} onClose={onClose} />;
  return (
    <Dialog
      title={t('make')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={submit}>
            {t('makeDo')}
          </Button>
        </>
      }
    >
      <TextField label={t('name')} hint={t('nameHint')} value={name} maxLength={200} error={tried && !name.trim() ? t('needName') : undefined} onChange={(event) => setName(event.target.value)} />
      <SelectField label={t('role')} hint={t('roleHint')} value={role} onChange={(event) => setRole(event.target.value as TokenNew['role'])}>
        {ROLES.map((one) => (
          <option key={one} value={one}>
            {t(one)}
          </option>
        ))}
      </SelectField>
      <TextField label={t('days')} hint={t('daysHint')} inputMode="numeric" value={days} error={tried && !daysFit ? t('needDays') : undefined} onChange={(event) => setDays(event.target.value)} />
      <Refusal error={error} />
    </Dialog>
  );
}

/* Brings a platform into the form that has no number there yet. */
import { useState } from 'react';
import { usePlatforms } from '../../shared/api/hooks';
import { Button } from '../../shared/ui/Button';
import { SelectField, TextField } from '../../shared/ui/Field';
import { t } from './texts';
import styles from './entry.module.css';

const NEW = '+';

function NewPlatform({ add }: { add: (name: string) => void }) {
  const [name, setName] = useState('');
  const take = () => {
    if (name.trim()) add(name.trim());
  };
  return (
    <>
      <TextField
        label={t('addNew')}
        autoFocus
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          event.stopPropagation();
          take();
        }}
      />
      <Button onClick={take}>{t('addIt')}</Button>
    </>
  );
}

export function AddPlatform({ present, onAdd }: { present: readonly string[]; onAdd: (name: string) => void }) {
  const known = usePlatforms().data?.platforms.filter((platform) => !present.includes(platform.name)) ?? [];
  const [chosen, setChosen] = useState('');
  const add = (name: string) => {
    setChosen('');
    onAdd(name);
  };
  return (
    <div className={styles.add}>
      <SelectField label={t('add')} value={chosen} onChange={(event) => (event.target.value === NEW || event.target.value === '' ? setChosen(event.target.value) : add(event.target.value))}>
        <option value="">{t('choose')}</option>
        {known.map((platform) => (
          <option key={platform.id} value={platform.name}>
            {platform.name}
          </option>
        ))}
        <option value={NEW}>{t('another')}</option>
      </SelectField>
      {chosen === NEW && <NewPlatform add={add} />}
    </div>
  );
}

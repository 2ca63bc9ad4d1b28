/* Names that were not there before: new, or known ones in another spelling. */
import { usePlatforms, useServices } from '../../shared/api/hooks';
import { Button } from '../../shared/ui/Button';
import { SelectField } from '../../shared/ui/Field';
import { Panel } from '../../shared/ui/Panel';
import { mayRename, withRename, type Kind, type Options } from './options';
import type { NewNames as Names } from './planning';
import { mostLike } from './similar';
import { counted, t } from './texts';
import { correct } from './uploading';
import styles from './reading.module.css';

interface NameProps {
  kind: Kind;
  name: string;
  known: readonly string[];
  onSame: (to: string) => void;
}

function NewName({ kind, name, known, onSame }: NameProps) {
  const suggestion = mostLike(name, known);
  return (
    <li className={styles.name}>
      <p>
        <span className={styles.tag}>{t(kind === 'service' ? 'newService' : 'newPlatform')}</span> <strong>{name}</strong>
      </p>
      {known.length > 0 && mayRename(name) && (
        <div className={styles.controls}>
          {suggestion && <Button onClick={() => onSame(suggestion)}>{t('suggestion', { name: suggestion })}</Button>}
          <SelectField label={t('sameAs', { name })} hideLabel value="" onChange={(event) => event.target.value && onSame(event.target.value)}>
            <option value="">{t('reallyNew')}</option>
            {known.map((one) => (
              <option key={one} value={one}>
                {t('theSame', { name: one })}
              </option>
            ))}
          </SelectField>
        </div>
      )}
    </li>
  );
}

function Renames({ options }: { options: Options }) {
  const all = (['service', 'platform'] as const).flatMap((kind) => options[kind].map(([from, to]) => ({ kind, from, to })));
  if (all.length === 0) return null;
  return (
    <Panel title={t('renames')}>
      <ul className={styles.list}>
        {all.map(({ kind, from, to }) => (
          <li key={`${kind} ${from}`} className={styles.name}>
            <p>{t('rename', { from, to })}</p>
            <Button small onClick={() => correct(withRename(options, kind, from, null))}>
              {t('takeBack')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function NewNames({ names, options }: { names: Names; options: Options }) {
  const services = useServices().data?.services.map((one) => one.name) ?? [];
  const platforms = usePlatforms().data?.platforms.map((one) => one.name) ?? [];
  const known = { service: services, platform: platforms };
  const kinds = (['service', 'platform'] as const).filter((kind) => known[kind].length > 0);
  const fresh = kinds.flatMap((kind) => names[kind].map((name) => ({ kind, name })));
  return (
    <>
      {fresh.length > 0 && (
        <Panel title={t('newTitle', counted(fresh.length))} note={t('newText')}>
          <ul className={styles.list}>
            {fresh.map(({ kind, name }) => (
              <NewName key={`${kind} ${name}`} kind={kind} name={name} known={known[kind]} onSame={(to) => correct(withRename(options, kind, name, to))} />
            ))}
          </ul>
        </Panel>
      )}
      <Renames options={options} />
    </>
  );
}

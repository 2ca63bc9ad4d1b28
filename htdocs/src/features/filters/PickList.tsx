/* Some of a list, or all of it. */
import type { Ident } from '../../shared/api/types';
import { Checkbox } from '../../shared/ui/Field';
import { Swatch } from '../../shared/ui/Swatch';
import { sayChosen } from './active';
import { pick } from './pick';
import { Popover } from './Popover';
import { t } from './texts';
import styles from './filters.module.css';

interface Props {
  what: 'services' | 'platforms';
  known: readonly Ident[];
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
}

export function PickList({ what, known, chosen, onChoose }: Props) {
  const unknown = chosen.filter((id) => !known.some((ident) => ident.id === id));
  return (
    <Popover label={t(what)} value={sayChosen(chosen, known, what)}>
      {() => (
        <div className={styles.list}>
          <Checkbox label={sayChosen([], known, what)} checked={chosen.length === 0} onChange={() => onChoose([])} />
          {known.map(({ id, name, color }) => (
            <Checkbox
              key={id}
              label={
                <span className={styles.ident}>
                  <Swatch color={color} />
                  {name}
                </span>
              }
              checked={chosen.includes(id)}
              onChange={() => onChoose(pick(chosen, id, known))}
            />
          ))}
          {unknown.map((id) => (
            <Checkbox key={id} label={t('unknown', { id })} checked onChange={() => onChoose(pick(chosen, id, known))} />
          ))}
        </div>
      )}
    </Popover>
  );
}

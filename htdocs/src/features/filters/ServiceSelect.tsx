/* The one service that a view shows. */
import type { Ident } from '../../shared/api/types';
import { chosenOf, setServices } from '../../shared/url/filters';
import { SelectField } from '../../shared/ui/Field';
import { t } from './texts';

export function ServiceSelect({ known, wanted }: { known: readonly Ident[]; wanted: readonly string[] }) {
  const chosen = chosenOf(wanted, known);
  return (
    <SelectField label={t('service')} hideLabel value={chosen?.id ?? ''} onChange={(event) => setServices([event.target.value])}>
      {!chosen && <option value="">{wanted[0] === undefined ? t('service') : t('unknown', { id: wanted[0] })}</option>}
      {known.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

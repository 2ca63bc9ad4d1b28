/* Days as they are typed, before they are looked at. */
import { isDay } from '../../shared/time/day';
import type { Range } from '../../shared/time/range';
import { t } from './texts';

export interface Draft {
  from: string;
  to: string;
}

export interface Checked {
  /** undefined: it makes no sense. */
  range: Range | undefined;
  fromError: string | undefined;
  toError: string | undefined;
}

/** Years that a browser's field passes through while one is typed are none. */
const isMeant = (text: string) => isDay(text) && text >= '1900-01-01' && text <= '9999-12-31';

export function checkDraft({ from, to }: Draft): Checked {
  const fromError = from === '' || isMeant(from) ? undefined : t('badDay');
  const toError = to !== '' && !isMeant(to) ? t('badDay') : from && to && !fromError && to < from ? t('backwards') : undefined;
  return { range: fromError || toError ? undefined : { from: from || undefined, to: to || undefined }, fromError, toError };
}

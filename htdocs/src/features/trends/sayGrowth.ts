/* Growth over a range, in words. */
import type { ChangeOf } from '../../shared/figures/change';
import { growthOf } from '../../shared/figures/growth';
import type { Week } from '../../shared/figures/weeks';
import { formatRange } from '../../shared/format/date';
import { percent, rounded } from '../../shared/format/number';
import { t } from './texts';

function sayChange(change: ChangeOf): string {
  switch (change.kind) {
    case 'change':
      return t(change.by > 0 ? 'up' : 'down', { ratio: percent(Math.abs(change.ratio)) });
    case 'new':
      return t('fresh');
    case 'same':
    case 'none':
      return t('same');
  }
}

/** weeks: of the range. */
export function sayGrowth(weeks: readonly Week[]): string {
  const growth = growthOf(weeks);
  if (!growth) return t('tooShort');
  return t('grown', {
    first: formatRange(growth.firstFrom, growth.firstTo),
    last: formatRange(growth.lastFrom, growth.lastTo),
    firstMean: rounded(growth.first),
    lastMean: rounded(growth.last),
    change: sayChange(growth.change),
  });
}

/* How one number compares with an earlier one. */
import type { Viewers } from '../api/types';

/** none: one of the two is missing, so that there is nothing to say. new: from zero, where no percentage exists. */
export type ChangeOf = { kind: 'none' } | { kind: 'new'; by: number } | { kind: 'same' } | { kind: 'change'; by: number; ratio: number };

export function changeOf(now: Viewers | undefined, before: Viewers | undefined): ChangeOf {
  if (now === null || now === undefined || before === null || before === undefined) return { kind: 'none' };
  if (now === before) return { kind: 'same' };
  if (before === 0) return { kind: 'new', by: now };
  return { kind: 'change', by: now - before, ratio: (now - before) / before };
}

/** What a column of changes is sorted by: from zero is more than any percentage. */
export function changeOrder(change: ChangeOf): number | null {
  switch (change.kind) {
    case 'none':
      return null;
    case 'new':
      return Number.MAX_VALUE;
    case 'same':
      return 0;
    case 'change':
      return change.ratio;
  }
}

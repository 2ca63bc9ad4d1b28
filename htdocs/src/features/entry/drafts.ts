/* Every week and day that somebody is typing at, kept while others are looked at. */
import { askBeforeLeaving, createStore } from '../../shared/store/store';
import { EMPTY, isEmpty, reduceDraft, type Action, type Draft } from './draft';

type Drafts = ReadonlyMap<string, Draft>;

function reduce(drafts: Drafts, { of, action }: { of: string; action: Action }): Drafts {
  const next = reduceDraft(drafts.get(of) ?? EMPTY, action);
  const all = new Map(drafts);
  if (next === EMPTY) all.delete(of);
  else all.set(of, next);
  return all;
}

const drafts = createStore(reduce, new Map() as Drafts);
askBeforeLeaving(drafts, (all) => [...all.values()].some((draft) => !isEmpty(draft)));

/** of: what the numbers are of, such as a service's week. */
export function useDraft(of: string): [Draft, (action: Action) => void] {
  return [drafts.use().get(of) ?? EMPTY, (action) => drafts.dispatch({ of, action })];
}

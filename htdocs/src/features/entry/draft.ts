/* Numbers that are typed and not saved yet, beside those that are stored. */
import type { Plan, Viewers } from '../../shared/api/types';
import { exact } from '../../shared/format/number';
import { parseCount, type Count } from './count';

export interface Typed {
  text: string;
  /** What was stored when the typing began. */
  seen: Viewers;
}

export interface Draft {
  /** By the field's key. */
  typed: ReadonlyMap<string, Typed>;
  /** Names of platforms that were added to the form. */
  extra: readonly string[];
}

export const EMPTY: Draft = { typed: new Map(), extra: [] };
export const isEmpty = (draft: Draft): boolean => draft.typed.size === 0;

/** A platform that has numbers already, or one that was added to the form, with its name only. */
export interface Place {
  key: string;
  name: string;
  color: string | null;
  stored: Viewers;
  /** What helps to judge it, such as the number before. */
  hint: string | null;
}

/** No public id begins with it. */
export const extraKey = (name: string): string => `+${name}`;

export type Effect = 'same' | 'added' | 'changed' | 'cleared' | 'bad';

export interface Field extends Place {
  text: string;
  count: Count;
  effect: Effect;
  /** Somebody else changed the number after the typing began: what was seen then. */
  conflict: { seen: Viewers } | null;
}

export const shown = (stored: Viewers): string => (stored === null ? '' : exact(stored));
const valueOf = (count: Count): Viewers => (count.kind === 'number' ? count.value : null);

function effectOf(count: Count, stored: Viewers): Effect {
  if (count.kind === 'bad') return 'bad';
  const value = valueOf(count);
  if (value === stored) return 'same';
  if (stored === null) return 'added';
  return value === null ? 'cleared' : 'changed';
}

export function fieldOf(place: Place, draft: Draft): Field {
  const typed = draft.typed.get(place.key);
  const text = typed?.text ?? shown(place.stored), count = parseCount(text), effect = effectOf(count, place.stored);
  return { ...place, text, count, effect, conflict: typed && typed.seen !== place.stored && effect !== 'same' ? { seen: typed.seen } : null };
}

export interface Change {
  key: string;
  name: string;
  effect: Effect;
  old: Viewers;
  now: Viewers;
}

/** What saving does; fields that cannot be read are not in it. */
export const changesOf = (fields: readonly Field[]): Change[] =>
  fields.filter((field) => field.effect !== 'same' && field.effect !== 'bad').map((field) => ({ key: field.key, name: field.name, effect: field.effect, old: field.stored, now: valueOf(field.count) }));

export const isReady = (fields: readonly Field[]): boolean => fields.every((field) => field.effect !== 'bad' && !field.conflict) && changesOf(fields).length > 0;

/** Whether the server would change what the person sees on the page, and nothing else. */
export function isAsSeen(plan: Plan, changes: readonly Change[]): boolean {
  const pair = (old: Viewers, now: Viewers) => `${old} ${now}`;
  const planned = [...plan.cells.added, ...plan.cells.changed, ...plan.cells.cleared].map((cell) => pair(cell.old, cell.new));
  const seen = changes.map((change) => pair(change.old, change.now));
  return planned.sort().join() === seen.sort().join();
}

export type Action =
  | { type: 'typed'; key: string; text: string; stored: Viewers }
  /** The field was left: what it holds is written as the reader writes it. */
  | { type: 'left'; key: string; stored: Viewers }
  /** Goes on with what is stored now, or in spite of it. */
  | { type: 'settled'; key: string; stored: Viewers; keep: 'mine' | 'theirs' }
  | { type: 'platform'; name: string }
  | { type: 'discarded' };

const withTyped = (draft: Draft, key: string, typed: Typed | null): Draft => {
  const all = new Map(draft.typed);
  if (typed) all.set(key, typed);
  else all.delete(key);
  return { ...draft, typed: all };
};

function leave(draft: Draft, key: string, stored: Viewers): Draft {
  const typed = draft.typed.get(key), count = typed && parseCount(typed.text);
  if (!typed || !count || count.kind === 'bad') return draft;
  const value = valueOf(count);
  return withTyped(draft, key, value === stored ? null : { ...typed, text: shown(value) });
}

export function reduceDraft(draft: Draft, action: Action): Draft {
  const typed = 'key' in action ? draft.typed.get(action.key) : undefined;
  switch (action.type) {
    case 'typed':
      return withTyped(draft, action.key, { text: action.text, seen: typed ? typed.seen : action.stored });
    case 'left':
      return leave(draft, action.key, action.stored);
    case 'settled':
      return withTyped(draft, action.key, action.keep === 'mine' && typed ? { ...typed, seen: action.stored } : null);
    case 'platform':
      return draft.extra.includes(action.name) ? draft : { ...draft, extra: [...draft.extra, action.name] };
    case 'discarded':
      return EMPTY;
  }
}

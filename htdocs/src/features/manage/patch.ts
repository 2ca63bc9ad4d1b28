/* What of a form is different from what is stored: only that is sent. */
import type { EventPatch, IdentEdit, IdentPatch, SpecialEvent } from '../../shared/api/types';

export interface IdentForm {
  name: string;
  color: string;
  /** One on a line. */
  aliases: string;
  /** A public id, or ''. */
  mergeInto: string;
}

export const identForm = (ident: IdentEdit): IdentForm => ({ name: ident.name, color: ident.color, aliases: ident.aliases.join('\n'), mergeInto: '' });

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean);
const sameLines = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((line, i) => line === b[i]);

/** null: nothing is different. */
export function identPatch(ident: IdentEdit, form: IdentForm): IdentPatch | null {
  if (form.mergeInto) return { merge_into: form.mergeInto };
  const patch: IdentPatch = {}, aliases = linesOf(form.aliases), name = form.name.trim();
  if (name !== ident.name) patch.name = name;
  if (form.color.toLowerCase() !== ident.color.toLowerCase()) patch.color = form.color;
  if (!sameLines(aliases, ident.aliases)) patch.aliases = aliases;
  return Object.keys(patch).length > 0 ? patch : null;
}

export interface EventForm {
  name: string;
  start: string;
  end: string;
  description: string;
}

export const eventForm = (event: SpecialEvent | null): EventForm => ({ name: event?.name ?? '', start: event?.start_date ?? '', end: event?.end_date ?? '', description: event?.description ?? '' });

/** null: nothing is different. A moved event takes its last day along, unless that was changed too. */
export function eventPatch(event: SpecialEvent, form: EventForm): EventPatch | null {
  const patch: EventPatch = {}, description = form.description.trim() || null, name = form.name.trim();
  if (name !== event.name) patch.name = name;
  if (form.start !== event.start_date) patch.start_date = form.start;
  if (form.end !== event.end_date) patch.end_date = form.end;
  if (description !== (event.description ?? null)) patch.description = description;
  return Object.keys(patch).length > 0 ? patch : null;
}

export type EventProblem = 'needName' | 'needDay' | 'badDays';

export function eventProblem(form: EventForm): EventProblem | null {
  if (!form.name.trim()) return 'needName';
  if (!form.start) return 'needDay';
  return form.end && form.end < form.start ? 'badDays' : null;
}

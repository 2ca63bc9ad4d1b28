/* What a plan says, shaped for showing it. */
import type { Change, Day, Note, UploadPlan, Viewers } from '../../shared/api/types';

export const KINDS = ['added', 'changed', 'cleared', 'unchanged'] as const;
export type ChangeKind = (typeof KINDS)[number];

export interface ChangeRow {
  key: string;
  /** The service, or the event with its service. */
  name: string;
  platform: string;
  day: Day;
  old: Viewers;
  now: Viewers;
  /** The week's last day, where only that is another. */
  end: Day | null;
  place: { line: number; column: number | null } | null;
}

export function changeRow(change: Change, i: number): ChangeRow {
  const isEvent = 'event' in change;
  return {
    key: String(i),
    name: isEvent ? [change.event, change.service].filter(Boolean).join(' · ') : change.service,
    platform: change.platform,
    day: isEvent ? change.date : change.week_start,
    old: change.old,
    now: change.new,
    end: !isEvent && change.old_week_end && change.old === change.new ? change.week_end : null,
    place: change.line ? { line: change.line, column: change.column ?? null } : null,
  };
}

/** What is looked at first: what would be lost, then what would be another, then what is new. */
export const firstKind = (plan: Pick<UploadPlan, ChangeKind>): ChangeKind => (['cleared', 'changed', 'added', 'unchanged'] as const).find((kind) => plan[kind] > 0) ?? 'added';

export interface NoteGroup {
  code: string;
  notes: Note[];
}

/** Notes of one code together, in the order in which the codes come first. */
export function groupNotes(notes: readonly Note[]): NoteGroup[] {
  const groups = new Map<string, Note[]>();
  for (const note of notes) {
    const group = groups.get(note.code);
    if (group) group.push(note);
    else groups.set(note.code, [note]);
  }
  return [...groups].map(([code, all]) => ({ code, notes: all }));
}

export type NameNote = { kind: 'service' | 'platform'; from: string; to: string };

/** The names in a remark about them; null for others, such as events' names, which cannot be said otherwise. */
export function nameNote(note: Note): NameNote | null {
  const { code, what, from, to } = note;
  if (from === undefined || to === undefined || (what !== 'service' && what !== 'platform')) return null;
  /* A name that was assumed is taken back by saying that it means the one before. */
  return code === 'name_assumed' ? { kind: what, from: to, to: from } : { kind: what, from, to };
}

/** Messages of the server begin in lower case, as in a log. */
export const sentence = (message: string): string => message.charAt(0).toLocaleUpperCase() + message.slice(1);

export interface NewNames {
  service: string[];
  platform: string[];
}

export const newNames = (plan: UploadPlan): NewNames => ({
  service: plan.services.filter((service) => service.id === null).map((service) => service.name),
  platform: plan.new_platforms,
});

/* Which events are editions of one another, and which are looked for. */
import type { SpecialEvent } from '../../shared/api/types';

const YEAR = /(?<![\p{L}\p{N}])(?:(?:19|20)\d\d(?:\s*[-/–]\s*(?:\d\d|(?:19|20)\d\d))?|['’]\d\d)(?![\p{L}\p{N}])/gu;
const ORDINAL = /(?<![\p{L}\p{N}])(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?![\p{L}\p{N}])/giu;

/** Case, accents, spaces and punctuation make no difference. */
export const foldText = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** What is left of a name without its year and its ordinal; all of it where nothing would be left. "14 Days" are not "21 Days". */
export function editionKey(name: string): string {
  const whole = foldText(name);
  return foldText(name.replace(YEAR, ' ').replace(ORDINAL, ' ')) || whole || name;
}

/** The others, the newest first. */
export function otherEditions(events: readonly SpecialEvent[], event: SpecialEvent): SpecialEvent[] {
  const key = editionKey(event.name);
  return newestFirst(events.filter((other) => other.id !== event.id && editionKey(other.name) === key));
}

export const newestFirst = (events: readonly SpecialEvent[]): SpecialEvent[] => [...events].sort((a, b) => (a.start_date === b.start_date ? 0 : a.start_date < b.start_date ? 1 : -1));

/** Events with every word in their name, description or platforms. */
export function searchEvents(events: readonly SpecialEvent[], search: string): SpecialEvent[] {
  const words = foldText(search).split(' ').filter(Boolean);
  const text = (event: SpecialEvent) => foldText([event.name, event.description ?? '', ...event.platforms.map((platform) => platform.name)].join(' '));
  return events.filter((event) => words.every((word) => text(event).includes(word)));
}

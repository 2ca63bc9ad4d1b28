/* An insight as texts: the pieces of its sentences, and all of it to be pasted elsewhere. */
import type { Insight, InsightSentence } from '../../shared/api/types';
import { t } from './texts';

type Part = Insight['stale_sentences'][number]['part'];
const PARTS = t('parts').split(' ') as Part[];

export const isList = (part: Part): boolean => part === 'highlights' || part === 'alerts';
export const partsOf = (insight: Insight): readonly Part[] => PARTS.filter((part) => insight[part].length > 0);
export const holds = (insight: Insight, part: Part, index: number): boolean => !insight.stale_sentences.some((one) => one.part === part && one.index === index);

interface Piece {
  text: string;
  /** The id of the fact that it shows. */
  fact?: string;
}

/** The server counts as slice does. */
export function piecesOf({ text, values }: InsightSentence): Piece[] {
  let at = 0;
  const pieces = values.flatMap(({ start, end, fact }): Piece[] => {
    const before = text.slice(at, start);
    at = end;
    return [{ text: before }, { text: text.slice(start, end), fact }];
  });
  return [...pieces, { text: text.slice(at) }];
}

export const plainText = (insight: Insight): string =>
  partsOf(insight)
    .map((part) => {
      const sentences = insight[part].map(({ text }, i) => (holds(insight, part, i) ? text : `${text} ${t('gone')}`));
      return `${t(part)}\n${isList(part) ? sentences.map((text) => `- ${text}`).join('\n') : sentences.join(' ')}\n`;
    })
    .join('\n');

import { describe, expect, it } from 'vitest';
import type { Insight, InsightSentence } from '../../shared/api/types';
import { holds, partsOf, piecesOf, plainText } from './sentences';

const say = (text: string, ...values: [string, string][]): InsightSentence => ({ text, values: values.map(([shown, fact]) => ({ start: text.indexOf(shown), end: text.indexOf(shown) + shown.length, fact })) });
const insight = {
  summary: [say('It fell to 5.'), say('It rose.')],
  highlights: [say('A record: 9.'), say('Another: 8.')],
  platform_analysis: [],
  alerts: [say('A gap.')],
  recommendation: [say('Look.')],
  stale_sentences: [{ part: 'highlights', index: 1 }],
} as unknown as Insight;

describe('piecesOf', () => {
  const shown = (sentence: InsightSentence) => piecesOf(sentence).filter(({ fact }) => fact).map(({ text, fact }) => `${fact}=${text}`);
  const whole = (sentence: InsightSentence) => piecesOf(sentence).map(({ text }) => text).join('');

  it('is the whole sentence, whatever is marked in it', () => {
    for (const sentence of [say('No number.'), say('5', ['5', 'a']), say('5 and 7', ['5', 'a'], ['7', 'b']), say('', ['', 'a'])]) expect(whole(sentence)).toBe(sentence.text);
  });
  it('counts UTF-16 units, as the server does: an emoji is two, a letter of Arabic one', () => {
    const sentence = say('😀👩‍👩‍👧 “صلاة الجمعة” had 1,024 viewers, after 9.', ['1,024', 'now'], ['9', 'before']);
    expect(shown(sentence)).toEqual(['now=1,024', 'before=9']);
    expect(whole(sentence)).toBe(sentence.text);
  });
  it('takes values that stand beside each other', () => expect(shown(say('12', ['1', 'a'], ['2', 'b']))).toEqual(['a=1', 'b=2']));
});

describe('an insight as a text', () => {
  it('has the parts that say something', () => expect(partsOf(insight)).toEqual(['summary', 'highlights', 'alerts', 'recommendation']));
  it('knows which sentence of which part no longer holds', () => expect([holds(insight, 'highlights', 1), holds(insight, 'highlights', 0), holds(insight, 'alerts', 1)]).toEqual([false, true, true]));
  it('is written as it reads, with what no longer holds told', () =>
    expect(plainText(insight)).toBe('Summary\nIt fell to 5. It rose.\n\nHighlights\n- A record: 9.\n- Another: 8. (This no longer holds.)\n\nAlerts\n- A gap.\n\nRecommendation\nLook.\n'));
});

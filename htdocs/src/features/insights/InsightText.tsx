/* An insight as it is read: five parts, in which every number leads to its rows. */
import type { Insight, InsightFact, InsightSentence } from '../../shared/api/types';
import { Link } from '../../shared/url/Link';
import { t } from './texts';
import styles from './insights.module.css';

export const PARTS = ['summary', 'highlights', 'platform_analysis', 'alerts', 'recommendation'] as const;
const LISTS: readonly string[] = ['highlights', 'alerts'];

/** The numbers behind a fact: "data?service=…" below the mount. */
export function RowsLink({ fact, children }: { fact: InsightFact; children: string }) {
  const [view, query] = (fact.rows ?? '').split('?');
  if (!view) return <>{children}</>;
  return (
    <Link view={view} params={new URLSearchParams(query)} title={fact.label} className={styles.value}>
      {children}
    </Link>
  );
}

function Sentence({ sentence: { text, values }, facts, holds }: { sentence: InsightSentence; facts: Insight['facts']; holds: boolean }) {
  let at = 0;
  const parts = values.map(({ start, end, fact }) => {
    const before = text.slice(at, start), known = facts[fact], shown = text.slice(start, end);
    at = end;
    return [before, known ? <RowsLink key={start} fact={known} children={shown} /> : shown];
  });
  const whole = [parts, text.slice(at), ' '];
  return holds ? <>{whole}</> : <s>{whole}</s>;
}

export function InsightText({ insight }: { insight: Insight }) {
  const holds = (part: string, index: number) => !insight.stale_sentences.some((one) => one.part === part && one.index === index);
  return PARTS.filter((part) => insight[part].length > 0).map((part) => {
    const sentences = insight[part].map((sentence, i) => <Sentence key={i} sentence={sentence} facts={insight.facts} holds={holds(part, i)} />);
    return (
      <section key={part}>
        <h3>{t(part)}</h3>
        {LISTS.includes(part) ? (
          <ul className={styles.list}>
            {sentences.map((sentence, i) => (
              <li key={i}>{sentence}</li>
            ))}
          </ul>
        ) : (
          <p>{sentences}</p>
        )}
      </section>
    );
  });
}

export const plainText = (insight: Insight): string =>
  PARTS.filter((part) => insight[part].length > 0)
    .map((part) => `${t(part)}\n${insight[part].map(({ text }) => (LISTS.includes(part) ? `- ${text}\n` : `${text} `)).join('')}`)
    .join('\n');

/* An insight as it is read: five parts, in which every number leads to its rows. */
import type { Insight, InsightFact, InsightSentence } from '../../shared/api/types';
import { Link } from '../../shared/url/Link';
import { holds, isList, partsOf, piecesOf } from './sentences';
import { t } from './texts';
import styles from './insights.module.css';

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

function Sentence({ sentence, facts, stands }: { sentence: InsightSentence; facts: Insight['facts']; stands: boolean }) {
  const pieces = piecesOf(sentence).map(({ text, fact }, i) => {
    const known = fact && facts[fact];
    return known ? <RowsLink key={i} fact={known} children={text} /> : text;
  });
  if (stands) return <>{pieces} </>;
  return (
    <>
      <s>{pieces}</s> <span className="visually-hidden">{t('gone')}</span>
    </>
  );
}

export const InsightText = ({ insight }: { insight: Insight }) =>
  partsOf(insight).map((part) => {
    const sentences = insight[part].map((sentence, i) => <Sentence key={i} sentence={sentence} facts={insight.facts} stands={holds(insight, part, i)} />);
    return (
      <section key={part}>
        <h3>{t(part)}</h3>
        {isList(part) ? (
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

/* One insight, who wrote it, and what it is based on. */
import { formatInstant } from '../../shared/format/date';
import { exact } from '../../shared/format/number';
import type { Insight, InsightFact } from '../../shared/api/types';
import { Button } from '../../shared/ui/Button';
import { copyText } from '../../shared/ui/copying';
import { DataTable, type Column } from '../../shared/ui/DataTable';
import { Note } from '../../shared/ui/Note';
import { dollars } from './dollars';
import { InsightText, RowsLink } from './InsightText';
import { plainText } from './sentences';
import { t } from './texts';
import styles from './insights.module.css';

const between = ({ low_shown: low, high_shown: high }: InsightFact) => (low ? `${low} – ${high}` : '');
const how = ({ method }: InsightFact) => method ?? t('counted');

const columns: readonly Column<InsightFact>[] = [
  { id: 'what', title: t('what'), cell: (fact) => fact.label, sort: (fact) => fact.label, head: true },
  { id: 'value', title: t('value'), cell: (fact) => fact.shown, text: (fact) => fact.shown, number: true },
  { id: 'between', title: t('between'), cell: between, text: between, whole: true },
  { id: 'method', title: t('method'), cell: how, text: how },
  { id: 'rows', title: t('rows'), cell: (fact) => fact.rows && <RowsLink fact={fact} children={t('show')} /> },
];

/** Only a forecast and its like lie between two values. */
const columnsFor = (facts: readonly InsightFact[]) => columns.filter(({ id }) => id !== 'between' || facts.some(between));

function Stale({ insight }: { insight: Insight }) {
  const some = insight.stale_sentences.length > 0;
  return insight.stale ? <Note kind="warn" title={t('stale')} children={t(some ? 'staleSome' : insight.checked ? 'staleNone' : 'staleWait')} /> : null;
}

export function Shown({ insight }: { insight: Insight }) {
  const at = formatInstant(insight.generated_at), facts = Object.values(insight.facts);
  return (
    <div className={styles.insight}>
      <Stale insight={insight} />
      <InsightText insight={insight} />
      <p className={styles.by}>
        {t(insight.source, { at, model: insight.model ?? '' })} {insight.cost_usd !== null && t('paid', { cost: dollars(insight.cost_usd), input: exact(insight.input_tokens), output: exact(insight.output_tokens) })} {insight.remark} {insight.dropped > 0 && t('dropped', { n: insight.dropped })}
      </p>
      <div>
        <Button small onClick={() => copyText(plainText(insight))}>
          {t('copy')}
        </Button>
      </div>
      <details>
        <summary>{t('basis')}</summary>
        <p>{t('basisNote')}</p>
        <DataTable caption={t('basis')} columns={columnsFor(facts)} rows={facts} rowKey={(fact) => JSON.stringify(fact)} copyable />
      </details>
    </div>
  );
}

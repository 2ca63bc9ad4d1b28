/* One insight, who wrote it, and what it is based on. */
import { formatInstant } from '../../shared/format/date';
import type { Insight, InsightFact } from '../../shared/api/types';
import { toast } from '../../shared/store/toasts';
import { Button } from '../../shared/ui/Button';
import { copyText } from '../../shared/ui/copying';
import { DataTable, type Column } from '../../shared/ui/DataTable';
import { Note } from '../../shared/ui/Note';
import { InsightText, plainText, RowsLink } from './InsightText';
import { dollars } from './dollars';
import { t } from './texts';
import styles from './insights.module.css';

const columns: readonly Column<InsightFact>[] = [
  { id: 'what', title: t('what'), cell: (fact) => fact.label, sort: (fact) => fact.label, head: true },
  { id: 'value', title: t('value'), cell: (fact) => fact.shown, text: (fact) => fact.shown, number: true },
  { id: 'between', title: t('between'), cell: (fact) => fact.low_shown && `${fact.low_shown} – ${fact.high_shown}` },
  { id: 'method', title: t('method'), cell: (fact) => fact.method ?? t('counted') },
  { id: 'rows', title: t('rows'), cell: (fact) => fact.rows && <RowsLink fact={fact} children={t('show')} /> },
];

function Stale({ insight }: { insight: Insight }) {
  const some = insight.stale_sentences.length > 0;
  return insight.stale ? <Note kind="warn" title={t('stale')} children={t(some ? 'staleSome' : insight.checked ? 'staleNone' : 'staleWait')} /> : null;
}

export function Shown({ insight }: { insight: Insight }) {
  const at = formatInstant(insight.generated_at);
  const copy = () =>
    copyText(plainText(insight)).then(
      () => toast(t('copied'), 'good'),
      () => toast(t('copyFailed'), 'bad'),
    );
  return (
    <div className={styles.insight}>
      <Stale insight={insight} />
      <InsightText insight={insight} />
      <p className={styles.by}>
        {t(insight.source, { at, model: insight.model ?? '' })} {insight.cost_usd !== null && t('paid', { cost: dollars(insight.cost_usd) })} {insight.remark} {insight.dropped > 0 && t('dropped', { n: insight.dropped })}
      </p>
      <div>
        <Button small onClick={copy}>
          {t('copy')}
        </Button>
      </div>
      <details>
        <summary>{t('basis')}</summary>
        <p>{t('basisNote')}</p>
        <DataTable caption={t('basis')} columns={columns} rows={Object.values(insight.facts)} rowKey={(fact) => fact.label + fact.shown} copyable />
      </details>
    </div>
  );
}

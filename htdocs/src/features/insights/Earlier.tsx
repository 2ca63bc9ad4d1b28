/* The insights that were written so far. */
import { useInsightHistory } from '../../shared/api/insights';
import type { InsightBrief } from '../../shared/api/types';
import { formatInstant } from '../../shared/format/date';
import { setParams, useLocation } from '../../shared/url/location';
import { Button } from '../../shared/ui/Button';
import { DataTable, type Column } from '../../shared/ui/DataTable';
import { Pages } from '../../shared/ui/Pages';
import { Panel } from '../../shared/ui/Panel';
import { Answer } from '../../shared/ui/States';
import { t } from './texts';

/** It is shown above the list, where the focus goes. */
function read(id: number): void {
  setParams({ insight: String(id) });
  document.querySelector('h1')?.focus();
}

const columns: readonly Column<InsightBrief>[] = [
  { id: 'at', title: t('at'), cell: (row) => formatInstant(row.generated_at), head: true, whole: true },
  { id: 'summary', title: t('summary'), cell: (row) => row.summary },
  { id: 'read', title: <span className="visually-hidden">{t('read')}</span>, cell: (row) => <Button small aria-label={`${t('read')}: ${formatInstant(row.generated_at)}`} onClick={() => read(row.id)} children={t('read')} /> },
];

export function Earlier() {
  const before = useLocation().params.get('before');
  return (
    <Answer answer={useInsightHistory(before)} skeleton="table">
      {({ insights, next }) =>
        insights.length > 0 && (
          <Panel title={t('history')}>
            <DataTable caption={t('history')} rows={insights} rowKey={(row) => String(row.id)} columns={columns} />
            <Pages before={before} next={next} />
          </Panel>
        )
      }
    </Answer>
  );
}

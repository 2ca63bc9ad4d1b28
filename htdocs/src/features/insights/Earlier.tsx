/* The insights that were written before. */
import { useInsightHistory } from '../../shared/api/insights';
import { formatInstant } from '../../shared/format/date';
import { setParams, useLocation } from '../../shared/url/location';
import { Button } from '../../shared/ui/Button';
import { DataTable } from '../../shared/ui/DataTable';
import { Panel } from '../../shared/ui/Panel';
import { Answer } from '../../shared/ui/States';
import { t } from './texts';
import styles from './insights.module.css';

export function Earlier() {
  const before = useLocation().params.get('before');
  return (
    <Answer answer={useInsightHistory(before)} skeleton="table">
      {({ insights, next }) =>
        insights.length > 0 && (
          <Panel title={t('history')}>
            <DataTable
              caption={t('history')}
              rows={insights}
              rowKey={(row) => String(row.id)}
              columns={[
                { id: 'at', title: '', cell: (row) => formatInstant(row.generated_at), head: true, whole: true },
                { id: 'summary', title: t('summary'), cell: (row) => row.summary },
                { id: 'read', title: '', cell: (row) => <Button small aria-label={`${t('read')}: ${formatInstant(row.generated_at)}`} onClick={() => setParams({ insight: String(row.id) })} children={t('read')} /> },
              ]}
            />
            <div className={styles.pages}>
              {before && <Button onClick={() => setParams({ before: null })}>{t('newest')}</Button>}
              {next && <Button onClick={() => setParams({ before: String(next) })}>{t('older')}</Button>}
            </div>
          </Panel>
        )
      }
    </Answer>
  );
}

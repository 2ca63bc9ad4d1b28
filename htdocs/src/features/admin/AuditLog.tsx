/* Who did what, page by page. */
import { useState } from 'react';
import { auditFile, useAudit } from '../../shared/api/admin';
import type { AuditEntry } from '../../shared/api/types';
import { setParams, useLocation } from '../../shared/url/location';
import { buttonClass } from '../../shared/ui/Button';
import { DataTable, type Column } from '../../shared/ui/DataTable';
import { TextField, SelectField } from '../../shared/ui/Field';
import { Pages } from '../../shared/ui/Pages';
import { Panel } from '../../shared/ui/Panel';
import { Answer, Empty } from '../../shared/ui/States';
import { textColumn, timeColumn } from './columns';
import { t } from './texts';
import styles from './admin.module.css';

const ACTIONS = t('actions').split(' ');

/** The log's own words, as they stand in its file. */
const plain = (word: string) => word.replaceAll('_', ' ');

const columns: readonly Column<AuditEntry>[] = [
  timeColumn('at', (row) => row.at),
  textColumn('who', (row) => row.actor, true),
  textColumn('action', (row) => plain(row.action) + (row.count > 1 ? ` (${t('times', { n: row.count })})` : '')),
  textColumn('target', (row) => [row.target, row.detail].filter(Boolean).join(': ')),
  textColumn('address', (row) => row.address),
  textColumn('result', (row) => plain(row.result)),
];

/** Asked for when it is whole: the log is searched for exactly this. */
function WhoField({ who, onChange }: { who: string; onChange: (who: string) => void }) {
  const [shown, setShown] = useState({ who, text: who });
  /* The address has another one, such as after going back. */
  if (shown.who !== who) setShown({ who, text: who });
  const ask = () => shown.text !== who && onChange(shown.text);
  return <TextField type="search" label={t('onlyWho')} value={shown.text} onChange={(event) => setShown({ who, text: event.target.value })} onBlur={ask} onKeyDown={(event) => event.key === 'Enter' && ask()} />;
}

export function AuditLog() {
  const { params } = useLocation();
  const before = params.get('before'), filter = { actor: params.get('who'), action: params.get('action') };
  const set = (change: Record<string, string | null>) => setParams({ before: null, ...change });
  return (
    <Panel
      title={t('audit')}
      note={t('auditNote')}
      actions={
        <a href={auditFile(filter)} download className={buttonClass()}>
          {t('csv')}
        </a>
      }
    >
      <div className={styles.filters}>
        <WhoField who={filter.actor ?? ''} onChange={(who) => set({ who: who || null })} />
        <SelectField label={t('onlyWhat')} value={filter.action ?? ''} onChange={(event) => set({ action: event.target.value || null })}>
          <option value="">{t('all')}</option>
          {ACTIONS.map((one) => (
            <option key={one} value={one}>
              {plain(one)}
            </option>
          ))}
        </SelectField>
      </div>
      <Answer answer={useAudit(filter, before)} skeleton="table">
        {({ entries, next }) => (
          <>
            {entries.length > 0 ? <DataTable caption={t('audit')} columns={columns} rows={entries} rowKey={(row) => String(row.id)} copyable /> : <Empty title={t('noEntries')} />}
            <Pages before={before} next={next} />
          </>
        )}
      </Answer>
    </Panel>
  );
}

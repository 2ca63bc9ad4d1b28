/* The tokens of programs. */
import { useState } from 'react';
import { revokeToken, useTokens } from '../../shared/api/admin';
import type { Token } from '../../shared/api/types';
import { tell } from '../../shared/store/tell';
import { Button } from '../../shared/ui/Button';
import { DataTable, type Column } from '../../shared/ui/DataTable';
import { Dialog } from '../../shared/ui/Dialog';
import { Panel } from '../../shared/ui/Panel';
import { Answer, Empty } from '../../shared/ui/States';
import { MakeToken } from './MakeToken';
import { buttonColumn, textColumn, timeColumn } from './columns';
import { t } from './texts';
import styles from './admin.module.css';

function columnsOf(revoke: (token: Token) => void): readonly Column<Token>[] {
  return [
    textColumn('name', (row) => row.name, true),
    textColumn('role', (row) => t(row.role)),
    textColumn('state', (row) => t(row.state)),
    timeColumn('used', (row) => row.used_at, t('never')),
    textColumn('from', (row) => row.used_from),
    textColumn('by', (row) => row.created_by),
    timeColumn('until', (row) => row.revoked_at ?? row.expires_at),
    buttonColumn('revoke', (row) => row.state === 'live' && t('revokeOf', { name: row.name }), revoke),
  ];
}

function Revoke({ token, onClose }: { token: Token; onClose: () => void }) {
  const go = () => tell(revokeToken(token.id), t('revokeDone', { name: token.name })).then(onClose);
  return (
    <Dialog
      title={t('revokeOf', { name: token.name })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="danger" onClick={go}>
            {t('revoke')}
          </Button>
        </>
      }
    >
      <p>{t('revokeText')}</p>
    </Dialog>
  );
}

export function TokenList() {
  const [making, setMaking] = useState(false);
  const [revoked, setRevoked] = useState<Token | null>(null);
  return (
    <>
      <Panel
        title={t('tokens')}
        note={t('tokensNote')}
        actions={
          <Button kind="primary" onClick={() => setMaking(true)}>
            {t('make')}
          </Button>
        }
      >
        <Answer answer={useTokens()} skeleton="table">
          {({ tokens, live, max_live }) => (
            <>
              {tokens.length > 0 ? (
                <DataTable caption={t('tokens')} columns={columnsOf(setRevoked)} rows={tokens} rowKey={(row) => String(row.id)} rowClass={(row) => (row.state === 'live' ? undefined : styles.out)} />
              ) : (
                <Empty title={t('noTokens')} />
              )}
              <p className={styles.hint}>{t('live_of', { n: live, most: max_live })}</p>
            </>
          )}
        </Answer>
      </Panel>
      {making && <MakeToken onClose={() => setMaking(false)} />}
      {revoked && <Revoke token={revoked} onClose={() => setRevoked(null)} />}
    </>
  );
}

/* What is written about the numbers, what is on its way, and why nothing is. */
import { useState } from 'react';
import { useCan } from '../../shared/api/hooks';
import { generateInsight, useInsight, useInsightStatus, useInsightWatch } from '../../shared/api/insights';
import type { InsightSpending, InsightStatus } from '../../shared/api/types';
import { formatInstant } from '../../shared/format/date';
import { exact } from '../../shared/format/number';
import { tell } from '../../shared/store/tell';
import { setParams, useLocation } from '../../shared/url/location';
import { Button } from '../../shared/ui/Button';
import { Note } from '../../shared/ui/Note';
import { Panel } from '../../shared/ui/Panel';
import { Answer, Empty } from '../../shared/ui/States';
import { dollars } from './dollars';
import { Earlier } from './Earlier';
import { Shown } from './Shown';
import { t } from './texts';
import styles from './insights.module.css';

const BUSY_MS = 2000, CALM_MS = 15_000;

function Write({ status }: { status: InsightStatus }) {
  const [busy, setBusy] = useState(false);
  const cost = status.writer === 'claude' ? status.claude?.next_cost_usd : null;
  const go = () => {
    setBusy(true);
    tell(generateInsight(), t('asked')).finally(() => setBusy(false));
  };
  return (
    <Button busy={busy || status.state === 'running'} onClick={go}>
      {typeof cost === 'number' ? t('cost', { cost: dollars(cost) }) : t('write')}
    </Button>
  );
}

/** hasOne: what is idle needs no word then. */
function State({ status, hasOne }: { status: InsightStatus; hasOne: boolean }) {
  const again = status.claude?.asked_again_at;
  return (
    <>
      {again && <Note kind="warn" title={t('breaker', { at: formatInstant(again) })} />}
      {(!hasOne || status.state !== 'idle') && (
        <Note kind={status.state === 'failed' ? 'bad' : 'info'} title={t(status.state)}>
          {status.message}
        </Note>
      )}
    </>
  );
}

/** For whoever may ask for one: what that has cost today, and how much more it may. */
const Spent = ({ claude, writer }: { claude: InsightSpending; writer: InsightStatus['writer'] }) => (
  <p className={styles.by}>
    {t('today', { model: claude.model, count: exact(claude.insights_today), most: exact(claude.insights_per_day), cost: dollars(claude.cost_today_usd), limit: dollars(claude.cost_per_day_usd) })} {claude.breaker === 'half_open' && t('halfOpen')}
    {claude.breaker === 'closed' && writer === 'statistics' && t('spent')}
  </p>
);

export function InsightsView() {
  const id = useLocation().params.get('insight');
  const status = useInsightStatus(), answer = useInsight(id), state = status.data?.state;
  /* Both at once, so that neither moves the other. */
  const known = [status, answer].every(({ data, error }) => data ?? error);
  const may = useCan('generate') && status.data?.configured;
  useInsightWatch(state === 'queued' || state === 'running' ? BUSY_MS : CALM_MS);
  return (
    <>
      <Panel
        title={t('title')}
        actions={
          known && (
            <>
              {id && <Button onClick={() => setParams({ insight: null })}>{t('latest')}</Button>}
              {may && <Write status={status.data!} />}
            </>
          )
        }
      >
        {known && status.data && !id && <State status={status.data} hasOne={!!answer.data?.insight} />}
        {known && may && status.data?.claude && <Spent claude={status.data.claude} writer={status.data.writer} />}
        <Answer answer={known ? answer : { ...answer, data: undefined }} skeleton="tiles">
          {({ insight }) => (insight ? <Shown insight={insight} /> : !status.data && <Empty title={t('idle')} />)}
        </Answer>
      </Panel>
      {known && <Earlier />}
    </>
  );
}

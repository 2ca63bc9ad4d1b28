/* What is written about the numbers, or why nothing is. */
import { useInsightStatus } from '../../shared/api/hooks';
import type { InsightStatus } from '../../shared/api/types';
import { texts } from '../../shared/i18n/texts';
import { Link } from '../../shared/url/Link';
import { Panel } from '../../shared/ui/Panel';
import { Answer, Empty } from '../../shared/ui/States';

const t = texts({
  title: 'Written insights',
  off: 'This server writes no insights',
  idle: 'No insight has been written yet',
  queued: 'An insight is waiting to be written',
  running: 'An insight is being written',
  failed: 'The last insight could not be written',
  meanwhile: 'Meanwhile the figures speak for themselves:',
  overview: 'Overview',
  weekly: 'Weekly comparison',
});

function Status({ status }: { status: InsightStatus }) {
  return (
    <Panel title={t('title')}>
      <Empty title={t(status.state)}>
        <p>{status.message}</p>
        <p>
          {t('meanwhile')} <Link view="">{t('overview')}</Link>, <Link view="weekly">{t('weekly')}</Link>
        </p>
      </Empty>
    </Panel>
  );
}

export function InsightsView() {
  return (
    <Answer answer={useInsightStatus()} skeleton="tiles">
      {(status) => <Status status={status} />}
    </Answer>
  );
}

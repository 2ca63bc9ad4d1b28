/* How far it has come: bytes on their way, then the server at work. */
import { LOCALES } from '../../shared/format/locale';
import { Button } from '../../shared/ui/Button';
import { formatSize } from './file';
import type { Flow } from './flow';
import { t } from './texts';
import { cancel } from './uploading';
import styles from './working.module.css';

function saying(flow: Flow): string {
  if (flow.phase === 'sending') return t('sending');
  return t(flow.purpose === 'commit' ? 'storing' : 'reading');
}

export function Working({ flow }: { flow: Flow }) {
  const { progress, phase } = flow;
  const isCounted = phase === 'sending' && progress !== null && progress.total > 0;
  return (
    <div className={styles.working}>
      <div className={styles.line}>
        <span>{saying(flow)}</span>
        {isCounted && <span className={styles.bytes}>{t('sendingOf', { sent: formatSize(progress.sent, LOCALES), total: formatSize(progress.total, LOCALES) })}</span>}
      </div>
      <progress className={styles.bar} aria-label={saying(flow)} {...(isCounted ? { value: progress.sent, max: progress.total } : {})} />
      {/* Whether a commit that is cancelled was stored, nobody here could tell. */}
      {(flow.purpose === 'plan' || phase === 'sending') && (
        <Button small onClick={cancel}>
          {t('cancel')}
        </Button>
      )}
    </div>
  );
}

/* What is going to be stored in one line, and the button that does it; always in sight. */
import { exact } from '../../shared/format/number';
import { Button } from '../../shared/ui/Button';
import { isAtWork, isNothing, mayCommit, type Flow } from './flow';
import type { UploadPlan } from '../../shared/api/types';
import { counted, t } from './texts';
import { cancel, commit, reset, tryAgain } from './uploading';
import { Working } from './Working';
import styles from './commit-bar.module.css';

export const summary = (counts: Pick<UploadPlan, 'added' | 'changed' | 'cleared'>): string =>
  t('summary', { added: exact(counts.added), changed: exact(counts.changed), cleared: exact(counts.cleared) });

function storeLabel(plan: UploadPlan): string {
  if (plan.cleared > 0) return t('storeClear', counted(plan.cleared));
  const stored = plan.added + plan.changed;
  return stored > 0 ? t('store', counted(stored)) : t('storeLabels');
}

function saying(plan: UploadPlan): string {
  if (plan.digest === null) return t('notYet');
  return isNothing(plan) ? t('nothing') : summary(plan);
}

function Buttons({ flow, plan }: { flow: Flow; plan: UploadPlan }) {
  if (flow.phase === 'refused') {
    return (
      <>
        <Button onClick={cancel}>{t('back')}</Button>
        <Button kind="primary" onClick={tryAgain}>
          {t('again')}
        </Button>
      </>
    );
  }
  return (
    <>
      <Button onClick={reset}>{t('discard')}</Button>
      {mayCommit(flow) && (
        <Button kind={plan.cleared > 0 ? 'danger' : 'primary'} onClick={commit}>
          {storeLabel(plan)}
        </Button>
      )}
    </>
  );
}

export function CommitBar({ flow, plan }: { flow: Flow; plan: UploadPlan }) {
  return (
    <div className={styles.bar}>
      {isAtWork(flow) ? (
        <Working flow={flow} />
      ) : (
        <div className={styles.row}>
          <p className={styles.summary}>{saying(plan)}</p>
          <div className={styles.buttons}>
            <Buttons flow={flow} plan={plan} />
          </div>
        </div>
      )}
    </div>
  );
}

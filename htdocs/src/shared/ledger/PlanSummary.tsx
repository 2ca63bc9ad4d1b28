/* What a change would do: complete counts, and the lists behind them. */
import type { Plan } from '../api/types';
import { exact } from '../format/number';
import { texts } from '../i18n/texts';
import { cx } from '../ui/cx';
import { ChangeTable } from './ChangeTable';
import styles from './plan-summary.module.css';

const t = texts({
  added: 'Added',
  changed: 'Changed',
  cleared: 'Cleared',
  unchanged: 'Unchanged',
  first: 'The first {n} of {all}.',
  nothing: 'No number changes.',
});

const KINDS = ['added', 'changed', 'cleared'] as const;
type Kind = (typeof KINDS)[number];

function Kind({ plan, kind }: { plan: Plan; kind: Kind }) {
  const changes = plan.cells[kind], all = plan[kind];
  return (
    <details className={styles.kind} open={kind !== 'added' && all <= 20}>
      <summary>
        {t(kind)}: {exact(all)}
      </summary>
      {changes.length < all && <p className={styles.capped}>{t('first', { n: exact(changes.length), all: exact(all) })}</p>}
      <ChangeTable caption={t(kind)} changes={changes} />
    </details>
  );
}

export function PlanSummary({ plan }: { plan: Plan }) {
  const some = KINDS.filter((kind) => plan[kind] > 0);
  return (
    <div className={styles.plan}>
      <dl className={styles.counts}>
        {[...KINDS, 'unchanged' as const].map((kind) => (
          <div key={kind} className={cx(styles.count, styles[kind])}>
            <dt>{t(kind)}</dt>
            <dd>{exact(plan[kind])}</dd>
          </div>
        ))}
      </dl>
      {some.length === 0 && <p>{t('nothing')}</p>}
      {some.map((kind) => (
        <Kind key={kind} plan={plan} kind={kind} />
      ))}
    </div>
  );
}

/* The four figures that a service is known by. */
import type { ReactNode } from 'react';
import type { Interval } from '../../shared/api/types';
import { changeFrom, meanOf, type Period } from '../../shared/figures/periods';
import { namePeriod } from '../../shared/figures/sentence';
import { standingOf } from '../../shared/figures/standing';
import { exact, rounded } from '../../shared/format/number';
import { ChangeBadge } from '../../shared/ui/ChangeBadge';
import { t } from './texts';
import styles from './overview.module.css';

function Highlight({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <div className={styles.highlight}>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        <span className={styles.hint}>{children}</span>
      </dd>
    </div>
  );
}

export function Highlights({ periods, interval }: { periods: readonly Period[]; interval: Interval }) {
  const { latest, peak, all } = standingOf(periods);
  if (!latest || !peak) return null;
  return (
    <dl className={styles.highlights}>
      <Highlight name={t('latest')} value={exact(latest.all.sum)}>
        {namePeriod(latest, interval)}
        <span className={styles.change}>
          <ChangeBadge change={changeFrom(latest.all, latest.before?.all)} /> {t(`vs${interval}`)}
        </span>
      </Highlight>
      <Highlight name={t('peak')} value={exact(peak.all.sum)}>
        {namePeriod(peak, interval)}
      </Highlight>
      <Highlight name={t('mean')} value={rounded(meanOf(all))}>
        {t('weeks', { n: all.weeks, count: exact(all.weeks) })}
      </Highlight>
      <Highlight name={t('total')} value={exact(all.sum)}>
        {t('weeks', { n: all.weeks, count: exact(all.weeks) })}
      </Highlight>
    </dl>
  );
}

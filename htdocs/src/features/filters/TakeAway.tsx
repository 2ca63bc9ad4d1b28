/* What is looked at, taken along: as a file and on paper. */
import { exportUrl, useCan } from '../../shared/api/hooks';
import type { Filters } from '../../shared/url/filters';
import { Button, buttonClass } from '../../shared/ui/Button';
import { Icon } from '../../shared/ui/Icon';
import { t } from './texts';
import styles from './filters.module.css';

/** services: those whose numbers the view shows; null where it shows none. */
export function TakeAway({ filters: { from, to, platforms, asOf, search }, services }: { filters: Filters; services: readonly string[] | null }) {
  const may = useCan('export');
  const hint = t(search ? 'fileAll' : 'fileHint');
  return (
    <div className={styles.away}>
      {may && services && (
        <a className={buttonClass('quiet')} href={exportUrl({ from, to, service: services, platform: platforms, as_of: asOf })} download title={hint}>
          <Icon name="download" />
          {t('file')}
          <span className="visually-hidden">{`: ${hint}`}</span>
        </a>
      )}
      <Button kind="quiet" aria-label={t('print')} title={t('print')} icon={<Icon name="print" />} onClick={() => window.print()} />
    </div>
  );
}

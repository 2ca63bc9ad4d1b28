/* How a number compares with the one before, in words, sign and colour. */
import type { ChangeOf } from '../figures/change';
import { NONE, signed, signedPercent } from '../format/number';
import { texts } from '../i18n/texts';
import { cx } from './cx';
import styles from './change-badge.module.css';

const t = texts({
  fresh: 'new',
  same: 'no change',
  none: 'no number to compare with',
  by: '{by}, {ratio}',
});

/** For tables and files, where there is no colour. */
export function changeText(change: ChangeOf): string {
  switch (change.kind) {
    case 'none':
      return NONE;
    case 'new':
      return t('fresh');
    case 'same':
      return t('same');
    case 'change':
      return signedPercent(change.ratio);
  }
}

export function ChangeBadge({ change }: { change: ChangeOf }) {
  switch (change.kind) {
    case 'none':
      return (
        <span className={styles.flat}>
          <span aria-hidden="true">{NONE}</span>
          <span className="visually-hidden">{t('none')}</span>
        </span>
      );
    case 'new':
      return (
        <span className={cx(styles.badge, styles.up)} title={signed(change.by)}>
          {t('fresh')}
        </span>
      );
    case 'same':
      return <span className={cx(styles.badge, styles.flat)}>{t('same')}</span>;
    case 'change':
      return (
        <span className={cx(styles.badge, change.by > 0 ? styles.up : styles.down)} title={t('by', { by: signed(change.by), ratio: signedPercent(change.ratio) })}>
          <span aria-hidden="true">{change.by > 0 ? '▲ ' : '▼ '}</span>
          {signedPercent(change.ratio)}
        </span>
      );
  }
}

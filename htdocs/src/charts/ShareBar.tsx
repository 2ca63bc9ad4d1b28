/* Who has which part of a whole: one bar of 100 %, with the exact numbers below it. */
import { shadeOf } from '../shared/color/shade';
import { exact, share as sayShare } from '../shared/format/number';
import { useDark } from '../shared/store/theme';
import { Swatch } from '../shared/ui/Swatch';
import { sharesOf, type Part } from './shares';
import { t } from './texts';
import styles from './small.module.css';

const WIDTH = 1000, HEIGHT = 20;

/** label: what is shared. A part without a number has no share. */
export function ShareBar({ parts, label = t('shares') }: { parts: readonly Part[]; label?: string }) {
  const dark = useDark(), shares = sharesOf(parts);
  return (
    <div className={styles.shares}>
      <svg className={styles.bar} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {shares.map(({ id, color, start, share }) => share !== null && share > 0 && <rect key={id} x={start * WIDTH} width={share * WIDTH} height={HEIGHT} fill={shadeOf(color, dark)} />)}
      </svg>
      <ul className={styles.list} aria-label={label}>
        {shares.map(({ id, name, color, value, share }) => (
          <li key={id} className={styles.part}>
            <Swatch color={color} />
            <span className={styles.name}>{name}</span>
            <span className={styles.count}>{exact(value)}</span>
            <strong className={styles.percent}>{sayShare(share)}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}

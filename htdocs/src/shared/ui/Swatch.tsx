/* The colour of a service or platform, beside its name. */
import { shadeOf } from '../color/shade';
import { useDark } from '../store/theme';
import styles from './swatch.module.css';

export function Swatch({ color }: { color: string }) {
  return (
    <svg className={styles.swatch} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <rect width="12" height="12" rx="3" fill={shadeOf(color, useDark())} />
    </svg>
  );
}

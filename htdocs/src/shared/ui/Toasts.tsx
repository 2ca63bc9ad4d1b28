/* The corner where short messages appear. */
import { useEffect, useRef, useState } from 'react';
import { dismissToast, useToasts } from '../store/toasts';
import { texts } from '../i18n/texts';
import { Button } from './Button';
import { Icon } from './Icon';
import { cx } from './cx';
import styles from './toasts.module.css';

const t = texts({ dismiss: 'Dismiss' });

function isCovered(focused: Element | null, corner: HTMLElement): boolean {
  if (!focused || focused === document.body || corner.contains(focused)) return false;
  const a = focused.getBoundingClientRect(), b = corner.getBoundingClientRect();
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

/** They stand below the header, away from bars at the lower edge; and down there as soon as they would cover what has the focus (WCAG 2.4.11). */
function useCorner(shown: readonly unknown[]) {
  const corner = useRef<HTMLDivElement>(null);
  const [low, setLow] = useState(false);
  useEffect(() => {
    const place = () => setLow((was) => (isCovered(document.activeElement, corner.current!) ? !was : was));
    place();
    document.addEventListener('focusin', place);
    return () => document.removeEventListener('focusin', place);
  }, [shown]);
  return { corner, low };
}

export function Toasts() {
  const toasts = useToasts(), { corner, low } = useCorner(toasts);
  return (
    <div ref={corner} className={cx(styles.corner, low && styles.low)} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={cx(styles.toast, styles[toast.kind])}>
          <p>{toast.text}</p>
          {toast.action && (
            <Button
              small
              onClick={() => {
                toast.action?.run();
                dismissToast(toast.id);
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <Button small kind="quiet" aria-label={t('dismiss')} icon={<Icon name="close" size={14} />} onClick={() => dismissToast(toast.id)} />
        </div>
      ))}
    </div>
  );
}

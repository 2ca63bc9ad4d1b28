/* The corner where short messages appear. */
import { dismissToast, useToasts } from '../store/toasts';
import { texts } from '../i18n/texts';
import { Button } from './Button';
import { Icon } from './Icon';
import { cx } from './cx';
import styles from './toasts.module.css';

const t = texts({ dismiss: 'Dismiss' });

export function Toasts() {
  const toasts = useToasts();
  return (
    <div className={styles.corner} role="status" aria-live="polite">
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

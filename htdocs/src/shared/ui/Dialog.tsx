/* A window of its own above the page: the browser's dialog, which keeps the focus and closes at Escape. */
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { texts } from '../i18n/texts';
import { Button } from './Button';
import { Icon } from './Icon';
import styles from './dialog.module.css';

const t = texts({ close: 'Close' });

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Buttons, the one that goes on last. */
  footer?: ReactNode;
  wide?: boolean;
}

export function Dialog({ title, onClose, children, footer, wide }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current!;
    const before = document.activeElement;
    if (!element.open) element.showModal();
    return () => {
      element.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      className={wide ? styles.wide : styles.dialog}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={styles.header}>
        <h2 id={titleId}>{title}</h2>
        <Button kind="quiet" small aria-label={t('close')} icon={<Icon name="close" />} onClick={onClose} />
      </div>
      <div className={styles.body}>{children}</div>
      {footer && <div className={styles.footer}>{footer}</div>}
    </dialog>
  );
}

/* A button that opens a small panel below itself; Escape, a press elsewhere and moving on close it. */
import { useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { cx } from '../../shared/ui/cx';
import { Icon } from '../../shared/ui/Icon';
import { t } from './texts';
import styles from './popover.module.css';

interface Props {
  /** What it chooses. */
  label: string;
  /** What is chosen. */
  value: string;
  children: (close: () => void) => ReactNode;
  className?: string | undefined;
}

/** Towards the middle of the page, so that it stays on it. */
function usePlace(open: boolean) {
  const panel = useRef<HTMLDivElement>(null);
  const [right, setRight] = useState(false);
  useLayoutEffect(() => {
    if (!open) setRight(false);
    else if (panel.current!.getBoundingClientRect().right > document.documentElement.clientWidth) setRight(true);
  }, [open]);
  return { panel, right };
}

export function Popover({ label, value, children, className }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId(), root = useRef<HTMLDivElement>(null), button = useRef<HTMLButtonElement>(null);
  const { panel, right } = usePlace(open);
  useEffect(() => {
    if (!open) return undefined;
    const press = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', press);
    return () => document.removeEventListener('pointerdown', press);
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div
      ref={root}
      className={cx(styles.root, className)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) close();
      }}
      onBlur={(event) => {
        if (event.relatedTarget && !root.current?.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button ref={button} type="button" className={styles.button} aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>
        <span className={styles.value}>
          <span className="visually-hidden">{t('name', { what: label })}</span>
          {value}
        </span>
        <Icon name="chevron" />
      </button>
      {open && (
        <div ref={panel} id={id} role="group" aria-label={label} className={cx(styles.panel, right && styles.right)}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

/* A part of a view with its heading. */
import { useId, type ReactNode } from 'react';
import { cx } from './cx';
import styles from './panel.module.css';

interface Props {
  title: ReactNode;
  /** A line below the heading. */
  note?: ReactNode;
  /** Controls at the heading's side. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
}

export function Panel({ title, note, actions, children, className }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cx(styles.panel, className)}>
      <header className={styles.header}>
        <div>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          {note && <p className={styles.note}>{note}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  );
}

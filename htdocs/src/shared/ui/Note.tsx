/* Something to be known, good or bad, in a box. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';
import { cx } from './cx';
import styles from './note.module.css';

export type NoteKind = 'info' | 'good' | 'warn' | 'bad';
const ICONS: Record<NoteKind, IconName> = { info: 'help', good: 'check', warn: 'warn', bad: 'warn' };

interface Props {
  kind?: NoteKind;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** It appears because of what somebody did: then it is read out. */
  live?: boolean;
}

export function Note({ kind = 'info', title, children, actions, live }: Props) {
  return (
    <div className={cx(styles.note, styles[kind])} role={live ? (kind === 'bad' ? 'alert' : 'status') : undefined}>
      <span className={styles.icon}>
        <Icon name={ICONS[kind]} />
      </span>
      <div className={styles.text}>
        {title && <p className={styles.title}>{title}</p>}
        {children}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

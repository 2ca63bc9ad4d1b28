/* What is pressed. */
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { cx } from './cx';
import styles from './button.module.css';

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind;
  small?: boolean;
  /** At work: it stays focused and cannot be pressed twice. */
  busy?: boolean;
  icon?: ReactNode;
}

export const buttonClass = (kind: ButtonKind = 'secondary', small = false): string => cx(styles.button, styles[kind], small && styles.small);

export function Button({ kind = 'secondary', small = false, busy = false, icon, children, className, onClick, ...rest }: Props) {
  return (
    <button type="button" {...rest} aria-disabled={busy || rest['aria-disabled']} onClick={busy ? (event) => event.preventDefault() : onClick} className={cx(buttonClass(kind, small), className)}>
      {icon}
      {children}
    </button>
  );
}

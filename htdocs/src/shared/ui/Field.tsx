/* A control with its label, a hint and what is wrong with it. */
import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react';
import { cx } from './cx';
import { Icon } from './Icon';
import styles from './field.module.css';

interface Common {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** The label is only heard. */
  hideLabel?: boolean;
  className?: string | undefined;
}

interface Describing {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

function useFrame({ label, hint, error, hideLabel, className }: Common, control: (describing: Describing) => ReactNode) {
  const id = useId(), hintId = `${id}h`, errorId = `${id}e`;
  const describedBy = [hint ? hintId : '', error ? errorId : ''].filter(Boolean).join(' ') || undefined;
  return (
    <div className={cx(styles.field, className)}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      {control({ id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={errorId} className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, hint, error, hideLabel, className, ...input }: Common & InputHTMLAttributes<HTMLInputElement>) {
  return useFrame({ label, hint, error, hideLabel: hideLabel ?? false, className }, (describing) => <input {...input} {...describing} className={styles.control} />);
}

export function SelectField({ label, hint, error, hideLabel, className, children, ...select }: Common & SelectHTMLAttributes<HTMLSelectElement>) {
  return useFrame({ label, hint, error, hideLabel: hideLabel ?? false, className }, (describing) => (
    <span className={styles.select}>
      <select {...select} {...describing} className={styles.control}>
        {children}
      </select>
      <Icon name="chevron" />
    </span>
  ));
}

export function TextArea({ label, hint, error, hideLabel, className, ...area }: Common & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return useFrame({ label, hint, error, hideLabel: hideLabel ?? false, className }, (describing) => <textarea {...area} {...describing} className={styles.control} />);
}

export function Checkbox({ label, hint, ...input }: { label: ReactNode; hint?: ReactNode } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <label className={styles.check}>
      <input type="checkbox" {...input} />
      <span>
        {label}
        {hint && <span className={styles.hint}>{hint}</span>}
      </span>
    </label>
  );
}

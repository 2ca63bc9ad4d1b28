/* What stands where there is nothing to show: not yet, not at all, or not any more. */
import type { ReactNode } from 'react';
import { ApiError } from '../api/error';
import { texts } from '../i18n/texts';
import { Button } from './Button';
import { Note } from './Note';
import styles from './states.module.css';

const t = texts({
  loading: 'Loading…',
  offline: 'The server cannot be reached',
  offlineHint: 'It is asked again by itself. What you see is what was last known.',
  busy: 'The server is busy',
  refused: 'This is not for your role',
  signIn: 'You are not signed in',
  failed: 'This could not be loaded',
  notDone: 'That could not be done',
  again: 'Try again',
  reference: 'For the administrator: request {id}',
});

export function Empty({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** height: of what is to come, in rem, so that nothing jumps. */
export function Skeleton({ height }: { height: 'line' | 'tiles' | 'chart' | 'table' }) {
  return (
    <div className={styles[height]} role="status">
      <span className="visually-hidden">{t('loading')}</span>
    </div>
  );
}

/** loads: it was only asked for, and can be again. */
function titleOf(error: ApiError, loads: boolean): string {
  if (error.code === 'offline') return t('offline');
  if (error.status === 401) return t('signIn');
  if (error.status === 403) return t('refused');
  return t(error.isPassing && error.code !== 'read_only' ? 'busy' : loads ? 'failed' : 'notDone');
}

export function Failure({ error, retry }: { error: ApiError; retry?: () => void }) {
  return (
    <Note kind={error.isPassing ? 'warn' : 'bad'} title={titleOf(error, !!retry)} live actions={retry && <Button onClick={retry}>{t('again')}</Button>}>
      <p>{error.code === 'offline' ? t('offlineHint') : error.message}</p>
      {error.requestId && error.status >= 500 && <p className={styles.small}>{t('reference', { id: error.requestId })}</p>}
    </Note>
  );
}

interface AnswerProps<T> {
  answer: { data: T | undefined; error: ApiError | undefined; refresh: () => void; isStale?: boolean };
  skeleton?: 'tiles' | 'chart' | 'table';
  children: (data: T) => ReactNode;
}

/** What follows is of the filters before, and dimmed where the answer takes longer than one notices. */
const Stale = () => (
  <p className={styles.stale} role="status">
    {t('loading')}
  </p>
);

/** What was asked for, as soon as it is there; what it failed by, beside what is still known. */
export function Answer<T>({ answer, skeleton = 'chart', children }: AnswerProps<T>) {
  return (
    <>
      {answer.isStale && <Stale />}
      {answer.error && answer.error.code !== 'offline' && <Failure error={answer.error} retry={answer.refresh} />}
      {answer.data !== undefined ? children(answer.data) : (!answer.error || answer.error.code === 'offline') && <Skeleton height={skeleton} />}
    </>
  );
}

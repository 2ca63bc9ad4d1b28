/* Shows a view to those who may see it, and to the others the way to it. */
import { useEffect, useRef, type ReactNode } from 'react';
import { useMe } from '../../shared/api/hooks';
import { refreshAll } from '../../shared/api/query';
import { loginWays, noteMe, signInLater, useSessionEnd } from '../../shared/api/session';
import type { Can, Me } from '../../shared/api/types';
import { Button } from '../../shared/ui/Button';
import { Dialog } from '../../shared/ui/Dialog';
import { Empty, Failure, Skeleton } from '../../shared/ui/States';
import { SignIn } from './SignIn';
import { t } from './texts';
import styles from './session.module.css';

function Refused({ me, needs }: { me: Me; needs: Can }) {
  if (me.role === 'none' && me.method !== 'anonymous') return <Empty title={t('noGroup')}>{t('noGroupText', { user: me.user ?? '' })}</Empty>;
  if (me.method !== 'anonymous') return <Empty title={t('needRole')}>{t('needRoleText', { role: t(me.role) })}</Empty>;
  const looking = needs === 'view';
  return (
    <Empty title={t(looking ? 'needSignIn' : 'needEditor')}>
      <div className={styles.refused}>
        <p>{t(looking ? 'needSignInText' : 'needEditorText')}</p>
        <SignIn onDone={() => undefined} />
      </div>
    </Empty>
  );
}

function ExpiredDialog({ me }: { me: Me | undefined }) {
  const { pin, page } = loginWays(me);
  /* Whoever signed in at the provider, in another tab, comes back to this one. */
  useEffect(() => {
    window.addEventListener('focus', refreshAll);
    return () => window.removeEventListener('focus', refreshAll);
  }, []);
  return (
    <Dialog title={t('expired')} onClose={signInLater} footer={<Button onClick={signInLater}>{t('expiredLater')}</Button>}>
      <p>{t('expiredText')}</p>
      {(pin || page) && <SignIn beside onDone={() => undefined} />}
    </Dialog>
  );
}

export function SessionGate({ needs, children }: { needs: Can | null; children: ReactNode }) {
  const answer = useMe(), me = answer.data, end = useSessionEnd();
  const was = useRef(false);
  useEffect(() => {
    if (me) noteMe(me);
  }, [me]);
  const may = needs === null || (me?.can.includes(needs) ?? false);
  /* A session that ended leaves what is on the page where it is. */
  const shown = may || (was.current && (end !== 'none' || me === undefined));
  was.current = shown;
  if (!me && answer.error && !shown) return <Failure error={answer.error} retry={answer.refresh} />;
  if (!me && !shown) return <Skeleton height="chart" />;
  return (
    <>
      {end === 'asking' && <ExpiredDialog me={me} />}
      {shown ? children : me && needs && <Refused me={me} needs={needs} />}
    </>
  );
}

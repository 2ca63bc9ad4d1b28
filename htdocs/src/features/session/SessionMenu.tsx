/* Who I am, what I may do, and how the page looks. */
import { useState } from 'react';
import { useMe } from '../../shared/api/hooks';
import { signOut } from '../../shared/api/session';
import type { Me } from '../../shared/api/types';
import { openShortcuts } from '../../shared/store/shortcuts';
import { setTheme, theme, THEMES } from '../../shared/store/theme';
import { toast } from '../../shared/store/toasts';
import { Link } from '../../shared/url/Link';
import { Button } from '../../shared/ui/Button';
import { Dialog } from '../../shared/ui/Dialog';
import { Icon } from '../../shared/ui/Icon';
import { Segmented } from '../../shared/ui/Segmented';
import { SignIn } from './SignIn';
import { t } from './texts';
import styles from './session.module.css';

function SignOut({ me, onDone }: { me: Me; onDone: () => void }) {
  const [busy, setBusy] = useState(false);
  const leave = () => {
    setBusy(true);
    signOut().then(
      () => {
        /* What the provider knows is ended at the provider. */
        if (me.logout_url) return window.location.assign(me.logout_url);
        toast(t('signedOut'));
        onDone();
      },
      () => {
        setBusy(false);
        toast(t('failed'), 'bad');
      },
    );
  };
  return (
    <Button onClick={leave} busy={busy}>
      {t('signOut')}
    </Button>
  );
}

function Account({ me, onClose }: { me: Me; onClose: () => void }) {
  const isIn = me.method !== 'anonymous';
  return (
    <>
      <div className={styles.who}>
        <p className={styles.name}>{isIn ? t('you', { user: me.user ?? '' }) : t('notSignedIn')}</p>
        <p>{t('role', { role: t(me.role) })}</p>
        <p className={styles.hint}>{t(`may_${me.role}`)}</p>
      </div>
      {isIn ? <SignOut me={me} onDone={onClose} /> : <SignIn onDone={onClose} />}
    </>
  );
}

export function SessionMenu() {
  const [open, setOpen] = useState(false);
  const me = useMe().data;
  const chosen = theme.use();
  const close = () => setOpen(false);
  return (
    <>
      <Button kind="quiet" icon={<Icon name="person" />} onClick={() => setOpen(true)} aria-haspopup="dialog">
        <span className={styles.label}>{me && me.method !== 'anonymous' ? me.user : t('signIn')}</span>
      </Button>
      {open && (
        <Dialog title={t('account')} onClose={close}>
          {me && <Account me={me} onClose={close} />}
          <div className={styles.row}>
            <span id="theme">{t('theme')}</span>
            <Segmented label={t('theme')} value={chosen} options={THEMES.map((value) => ({ value, label: t(value) }))} onChange={setTheme} />
          </div>
          <div className={styles.row}>
            <Link view="help" onClick={close}>
              {t('help')}
            </Link>
            <Button
              kind="quiet"
              small
              onClick={() => {
                close();
                openShortcuts();
              }}
            >
              {t('shortcuts')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

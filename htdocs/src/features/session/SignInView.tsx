/* Signing in, as a page. */
import { useMe } from '../../shared/api/hooks';
import { navigate } from '../../shared/url/location';
import { Link } from '../../shared/url/Link';
import { Empty, Skeleton } from '../../shared/ui/States';
import { SignIn } from './SignIn';
import { t } from './texts';
import styles from './session.module.css';

export function SignInView() {
  const me = useMe().data;
  if (!me) return <Skeleton height="tiles" />;
  if (me.method !== 'anonymous') {
    return (
      <Empty title={t('alreadyIn')} actions={<Link view="">{t('toOverview')}</Link>}>
        {me.user}
      </Empty>
    );
  }
  return (
    <div className={styles.page}>
      <SignIn onDone={() => navigate('')} />
    </div>
  );
}

/* The ways in that this server has. */
import { useMe } from '../../shared/api/hooks';
import { loginWays } from '../../shared/api/session';
import { buttonClass } from '../../shared/ui/Button';
import { PinForm } from './PinForm';
import { t } from './texts';
import styles from './session.module.css';

/** beside: the page stays as it is, and the provider's comes in another tab. */
export function SignIn({ onDone, beside = false }: { onDone: () => void; beside?: boolean }) {
  const { pin, page } = loginWays(useMe().data);
  return (
    <div className={styles.ways}>
      {page && (
        <a href={page} target={beside ? '_blank' : undefined} className={buttonClass('primary')}>
          {t(beside ? 'besides' : 'toProvider')}
        </a>
      )}
      {pin && <PinForm onDone={onDone} />}
      {!page && !pin && <p>{t('noWay')}</p>}
    </div>
  );
}

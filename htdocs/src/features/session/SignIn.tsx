/* The way in, whichever this server has. */
import { useMe } from '../../shared/api/hooks';
import { loginWay } from '../../shared/api/session';
import { buttonClass } from '../../shared/ui/Button';
import { PinForm } from './PinForm';
import { t } from './texts';

export function SignIn({ onDone }: { onDone: () => void }) {
  const way = loginWay(useMe().data);
  switch (way.kind) {
    case 'pin':
      return <PinForm onDone={onDone} />;
    case 'page':
      return (
        <a href={way.url} className={buttonClass('primary')}>
          {t('toProvider')}
        </a>
      );
    case 'none':
      return <p>{t('noWay')}</p>;
  }
}

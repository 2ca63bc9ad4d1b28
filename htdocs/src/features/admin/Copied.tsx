/* A text to be pasted elsewhere, with a button that copies it. */
import { toast } from '../../shared/store/toasts';
import { Button } from '../../shared/ui/Button';
import { copyText } from '../../shared/ui/copying';
import { Icon } from '../../shared/ui/Icon';
import { t } from './texts';
import styles from './admin.module.css';

export function Copied({ label, text }: { label?: string; text: string }) {
  const copy = () =>
    copyText(text).then(
      () => toast(t('copied'), 'good'),
      () => toast(t('copyFailed'), 'bad'),
    );
  return (
    <div className={styles.copied}>
      {label && <p>{label}</p>}
      <code tabIndex={0}>{text}</code>
      <Button small icon={<Icon name="copy" size={14} />} onClick={copy}>
        {t('copy')}
      </Button>
    </div>
  );
}

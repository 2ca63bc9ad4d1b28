/* A text to be pasted elsewhere, with a button that copies it. */
import { Button } from '../../shared/ui/Button';
import { copyText } from '../../shared/ui/copying';
import { Icon } from '../../shared/ui/Icon';
import { t } from './texts';
import styles from './admin.module.css';

export const Copied = ({ label, text }: { label: string; text: string }) => (
  <div className={styles.copied}>
    <p>{label}</p>
    <code>{text}</code>
    <Button small icon={<Icon name="copy" size={14} />} aria-label={`${t('copy')}: ${label}`} onClick={() => copyText(text)}>
      {t('copy')}
    </Button>
  </div>
);

/* A text to be pasted elsewhere, with a button that copies it. */
import { Fragment } from 'react';
import { Button } from '../../shared/ui/Button';
import { copyText } from '../../shared/ui/copying';
import { Icon } from '../../shared/ui/Icon';
import { t } from './texts';
import styles from './admin.module.css';

export const Copied = ({ label, text }: { label: string; text: string }) => (
  <div className={styles.copied}>
    <p>{label}</p>
    <code>
      {/* A line ends between words, and not after the dashes of an option. */}
      {text.split(' ').map((word, i) => (
        <Fragment key={i}>
          {i > 0 && ' '}
          <span>{word}</span>
        </Fragment>
      ))}
    </code>
    <Button small icon={<Icon name="copy" size={14} />} aria-label={`${t('copy')}: ${label}`} onClick={() => copyText(text)}>
      {t('copy')}
    </Button>
  </div>
);

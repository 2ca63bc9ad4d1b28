/* What one entry of the ledger changed, page by page. */
import { useState } from 'react';
import { useUpload } from '../../shared/api/hooks';
import { ChangeTable } from '../../shared/ledger/ChangeTable';
import { texts } from '../../shared/i18n/texts';
import { Button } from '../../shared/ui/Button';
import { Answer } from '../../shared/ui/States';
import styles from './history.module.css';

const t = texts({
  caption: 'What entry {id} changed',
  nothing: 'It changed no number: it is about names, colours or events, or about what stayed the same.',
  next: 'Next page',
  first: 'First page',
});

export function EntryDetail({ id }: { id: number }) {
  const [after, setAfter] = useState<string>();
  return (
    <Answer answer={useUpload(id, 'changed', after)} skeleton="tiles">
      {(detail) => {
        if (!('changed' in detail)) return null;
        const { changed, next } = detail;
        return (
          <div className={styles.detail}>
            {changed.length === 0 ? <p>{t('nothing')}</p> : <ChangeTable caption={t('caption', { id })} changes={changed} />}
            <div className={styles.pages}>
              {after && (
                <Button small onClick={() => setAfter(undefined)}>
                  {t('first')}
                </Button>
              )}
              {next && (
                <Button small onClick={() => setAfter(next)}>
                  {t('next')}
                </Button>
              )}
            </div>
          </div>
        );
      }}
    </Answer>
  );
}

/* Leafing through what is listed newest first: the address tells how far. */
import { texts } from '../i18n/texts';
import { setParams } from '../url/location';
import { Button } from './Button';
import styles from './pages.module.css';

const t = texts({ older: 'Older entries', newest: 'Newest entries' });

/** before: of this page, from the address; next: that of the one after it. */
export const Pages = ({ before, next }: { before: string | number | null | undefined; next: number | null }) => (
  <div className={styles.pages}>
    {before && <Button onClick={() => setParams({ before: null })}>{t('newest')}</Button>}
    {next && <Button onClick={() => setParams({ before: String(next) })}>{t('older')}</Button>}
  </div>
);

/* Says that sample numbers are shown, and takes them away. */
import { useState } from 'react';
import { undo, useCan, useLatestUploads, useMe } from '../../shared/api/hooks';
import { texts } from '../../shared/i18n/texts';
import { takeBack } from '../../shared/ledger/taking-back';
import { toast } from '../../shared/store/toasts';
import { Button } from '../../shared/ui/Button';
import { sampleEntry } from './sample';
import styles from './welcome.module.css';

const t = texts({
  title: 'These are invented numbers',
  text: 'Look around with the sample year, and take it out before you upload your own.',
  remove: 'Remove the sample',
  removed: 'The sample is removed.',
  putBack: 'Put it back',
  failed: 'The sample could not be removed.',
});

function Banner() {
  const [busy, setBusy] = useState(false);
  const uploads = useLatestUploads().data;
  const mayAny = useCan('undo_any'), mayOwn = useCan('undo'), user = useMe().data?.user;
  const entry = uploads && sampleEntry(uploads.uploads);
  if (!entry) return null;
  const may = mayAny || (mayOwn && entry.actor === user);
  const remove = () => {
    setBusy(true);
    undo(entry.id)
      .then(
        (result) => toast(t('removed'), 'good', takeBack(result.upload.id, t('putBack'))),
        () => toast(t('failed'), 'bad'),
      )
      .finally(() => setBusy(false));
  };
  return (
    <aside aria-label={t('title')} className={styles.banner}>
      <p>
        <strong>{t('title')}.</strong> {may && t('text')}
      </p>
      {may && (
        <Button small busy={busy} onClick={remove}>
          {t('remove')}
        </Button>
      )}
    </aside>
  );
}

/** At the lower edge of what is seen, so that nothing moves when it comes. */
export function SampleBanner() {
  return useCan('view') ? <Banner /> : null;
}

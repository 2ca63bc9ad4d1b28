/* Says that sample numbers are shown, and takes them away. */
import { useState } from 'react';
import { undo, useCan, useLatestUploads, useMe } from '../../shared/api/hooks';
import { texts } from '../../shared/i18n/texts';
import { toast } from '../../shared/store/toasts';
import { Button } from '../../shared/ui/Button';
import { Note } from '../../shared/ui/Note';
import { sampleEntry } from './sample';

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
        (result) => toast(t('removed'), 'good', { label: t('putBack'), run: () => void undo(result.upload.id) }),
        () => toast(t('failed'), 'bad'),
      )
      .finally(() => setBusy(false));
  };
  return (
    <Note
      kind="info"
      title={t('title')}
      actions={
        may && (
          <Button small busy={busy} onClick={remove}>
            {t('remove')}
          </Button>
        )
      }
    >
      {may && <p>{t('text')}</p>}
    </Note>
  );
}

export function SampleBanner() {
  return useCan('view') ? <Banner /> : null;
}

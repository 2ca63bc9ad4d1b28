/* What a new installation shows instead of empty charts. */
import { useState, type ReactNode } from 'react';
import { useCan, useStats } from '../../shared/api/hooks';
import { ApiError } from '../../shared/api/error';
import { apiUrl } from '../../shared/api/base';
import { texts } from '../../shared/i18n/texts';
import { Link } from '../../shared/url/Link';
import { Button, buttonClass } from '../../shared/ui/Button';
import { Icon } from '../../shared/ui/Icon';
import { Note } from '../../shared/ui/Note';
import { loadSample } from './sample';
import styles from './welcome.module.css';

const t = texts({
  title: 'Welcome to StreamPulse',
  intro: 'It keeps your viewers week by week, by service and platform, and those of special events. There are no figures yet. Three ways to begin:',
  upload: 'Upload your sheet',
  uploadText: 'The spreadsheet that you have, saved as CSV. Its layout is recognised, and you see what will be stored before it is.',
  template: 'Start from a template',
  templateText: 'A small sheet to fill in with any spreadsheet program.',
  sample: 'Look around with a sample year',
  sampleText: 'Invented figures of an invented church. One click takes them out again.',
  entry: 'Or enter a week by hand',
  load: 'Load the sample year',
  failed: 'The sample year could not be loaded: {why}',
  viewer: 'There are no figures yet',
  viewerText: 'They appear here as soon as somebody uploads the first file. If that is you, sign in.',
  signIn: 'Sign in',
});

function Way({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li className={styles.way}>
      <h3>{title}</h3>
      <p>{text}</p>
      <div>{children}</div>
    </li>
  );
}

function Sample() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const load = () => {
    setBusy(true);
    loadSample()
      .catch((error: unknown) => setProblem(error instanceof ApiError || error instanceof Error ? error.message : String(error)))
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Button busy={busy} onClick={load}>
        {t('load')}
      </Button>
      {problem && <Note kind="bad" title={t('failed', { why: problem })} live />}
    </>
  );
}

function Ways() {
  return (
    <>
      <p className={styles.intro}>{t('intro')}</p>
      <ul className={styles.ways}>
        <Way title={t('upload')} text={t('uploadText')}>
          <Link view="upload" className={buttonClass('primary')}>
            <Icon name="upload" />
            {t('upload')}
          </Link>
        </Way>
        <Way title={t('template')} text={t('templateText')}>
          <a href={apiUrl('template.csv')} download className={buttonClass()}>
            <Icon name="download" />
            template.csv
          </a>
        </Way>
        <Way title={t('sample')} text={t('sampleText')}>
          <Sample />
        </Way>
      </ul>
      <p>
        <Link view="entry">{t('entry')}</Link>
      </p>
    </>
  );
}

/** The view, or the welcome where there is nothing for it to show. */
export function FirstRun({ children }: { children: ReactNode }) {
  const stats = useStats().data, mayUpload = useCan('upload');
  const isEmpty = stats && stats.totals.services === 0 && stats.totals.events === 0;
  if (!isEmpty) return children;
  return (
    <section className={styles.welcome}>
      <h2>{t(mayUpload ? 'title' : 'viewer')}</h2>
      {mayUpload ? (
        <Ways />
      ) : (
        <p>
          {t('viewerText')} <Link view="signin">{t('signIn')}</Link>
        </p>
      )}
    </section>
  );
}

/* What looks odd about the numbers that are shown, without a word more than needed. */
import { useStats } from '../../shared/api/hooks';
import type { ServiceStats } from '../../shared/api/types';
import { sharedParams, type Filters } from '../../shared/url/filters';
import { Link } from '../../shared/url/Link';
import { useLocation } from '../../shared/url/location';
import { notesWithin } from './notes';
import { t } from './texts';
import styles from './overview.module.css';

function Notes({ notes }: { notes: ServiceStats['quality'] }) {
  const { params } = useLocation();
  return (
    <div className={styles.quality}>
      <details>
        <summary>{t('notes', { n: notes.length })}</summary>
        <ul>
          {notes.map((note) => (
            <li key={`${note.code} ${note.week ?? ''} ${note.platform ?? ''}`}>{note.message}</li>
          ))}
        </ul>
      </details>
      <Link view="data" params={sharedParams(params)}>
        {t('toData')}
      </Link>
    </div>
  );
}

export function QualityNotes({ service, filters }: { service: string; filters: Filters }) {
  const stats = useStats().data?.services.find((one) => one.id === service);
  const notes = stats ? notesWithin(stats.quality, filters) : [];
  return notes.length > 0 ? <Notes notes={notes} /> : null;
}

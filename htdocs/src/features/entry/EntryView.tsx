/* Entering numbers by hand: of a week, or of a special event's day. */
import { setParams, useLocation } from '../../shared/url/location';
import { Segmented } from '../../shared/ui/Segmented';
import { EventEntry } from './EventEntry';
import { t } from './texts';
import { WeekEntry } from './WeekEntry';
import styles from './entry.module.css';

const KINDS = ['week', 'event'] as const;
type Kind = (typeof KINDS)[number];

export function EntryView() {
  const { params } = useLocation();
  const kind: Kind = params.get('of') === 'event' || params.has('event') ? 'event' : 'week';
  const choose = (next: Kind) => setParams({ of: next === 'week' ? null : next, event: null, date: null }, true);
  return (
    <div className={styles.view}>
      <div>
        <Segmented label={t('what')} value={kind} options={KINDS.map((value) => ({ value, label: t(value) }))} onChange={choose} />
      </div>
      {kind === 'week' ? <WeekEntry /> : <EventEntry />}
    </div>
  );
}

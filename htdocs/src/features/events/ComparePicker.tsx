/* Which event another one is laid beside: its other editions first. */
import type { SpecialEvent } from '../../shared/api/types';
import { formatRange } from '../../shared/format/date';
import { setParams } from '../../shared/url/location';
import { Button } from '../../shared/ui/Button';
import { SelectField } from '../../shared/ui/Field';
import { otherEditions } from './editions';
import { t } from './texts';
import styles from './events.module.css';

const when = (event: SpecialEvent) => formatRange(event.start_date, event.end_date);

function Options({ label, events }: { label: string; events: readonly SpecialEvent[] }) {
  if (events.length === 0) return null;
  return (
    <optgroup label={label}>
      {events.map((event) => (
        <option key={event.id} value={event.id}>{`${event.name}, ${when(event)}`}</option>
      ))}
    </optgroup>
  );
}

/** Both ends are named, so that the link shows the same when there are newer events. */
const compare = (event: SpecialEvent, other: string | null) => setParams({ event: event.id, with: other });

export function ComparePicker({ event, other, events }: { event: SpecialEvent; other: SpecialEvent | undefined; events: readonly SpecialEvent[] }) {
  const editions = otherEditions(events, event), known = new Set([event.id, ...editions.map((one) => one.id)]);
  if (events.length < 2) return null;
  return (
    <div className={styles.picker}>
      <SelectField label={t('compare')} value={other?.id ?? ''} onChange={(change) => compare(event, change.target.value || null)} className={styles.select}>
        <option value="">{t('compareNone')}</option>
        <Options label={t('editions')} events={editions} />
        <Options label={t('others')} events={events.filter((one) => !known.has(one.id))} />
      </SelectField>
      {!other && editions[0] && <Button onClick={() => compare(event, editions[0]!.id)}>{t('compareEdition', { when: when(editions[0]) })}</Button>}
    </div>
  );
}

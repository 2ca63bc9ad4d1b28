/* Every event, each a way to its days. */
import { useMemo } from 'react';
import { ShareBar } from '../../charts/ShareBar';
import { Sparkline } from '../../charts/Sparkline';
import type { SpecialEvent } from '../../shared/api/types';
import { formatRange } from '../../shared/format/date';
import { exact } from '../../shared/format/number';
import { PAIR } from '../../charts/pair';
import { Link } from '../../shared/url/Link';
import { useLocation } from '../../shared/url/location';
import { cx } from '../../shared/ui/cx';
import { Panel } from '../../shared/ui/Panel';
import { dayNumbers, figuresOf } from './eventFigures';
import { t } from './texts';
import styles from './events.module.css';

/** One place for each day from the first to the last, so that a day without a number is a gap. */
function dailyTotals(event: SpecialEvent) {
  const numbers = dayNumbers(event), places = new Map(numbers.map((n, i) => [n, i]));
  return Array.from({ length: Math.max(0, ...numbers) }, (_, n) => event.total[places.get(n + 1) ?? -1] ?? null);
}

function EventCard({ event, current, onOpen }: { event: SpecialEvent; current: boolean; onOpen: () => void }) {
  const { params } = useLocation();
  const { total, days, platforms } = useMemo(() => figuresOf(event), [event]), daily = useMemo(() => dailyTotals(event), [event]);
  const target = new URLSearchParams(params);
  target.set('event', event.id);
  target.delete('with');
  return (
    <li className={cx(styles.card, current && styles.current)}>
      <div className={styles.cardHead}>
        <h3>
          <Link view="events" params={target} className={styles.cardLink} aria-current={current ? 'true' : undefined} onClick={onOpen}>
            {event.name}
          </Link>
        </h3>
        <p className={styles.soft}>{formatRange(event.start_date, event.end_date)}</p>
      </div>
      <div className={styles.cardFigures}>
        <p>
          <strong className={styles.figure}>{exact(total)}</strong> <span className={styles.soft}>{days > 0 ? t('days', { n: days }) : t('noDays')}</span>
        </p>
        {days > 1 && <Sparkline values={daily} color={PAIR[0]} />}
      </div>
      <ShareBar parts={platforms} label={t('ofPlatforms', { name: event.name })} />
    </li>
  );
}

export function EventList({ events, current, onOpen }: { events: readonly SpecialEvent[]; current: SpecialEvent; onOpen: () => void }) {
  return (
    <Panel title={t('list')} note={t('count', { n: events.length })}>
      <ul className={styles.cards}>
        {events.map((event) => (
          <EventCard key={event.id} event={event} current={event === current} onOpen={onOpen} />
        ))}
      </ul>
    </Panel>
  );
}

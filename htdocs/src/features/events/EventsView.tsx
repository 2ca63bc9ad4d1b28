/* Special events, day by day and edition against edition. */
import { useMemo, useRef } from 'react';
import { useEvents } from '../../shared/api/hooks';
import type { SpecialEvent } from '../../shared/api/types';
import { useFilters, type Filters } from '../../shared/url/filters';
import { setParams, useLocation } from '../../shared/url/location';
import { Button } from '../../shared/ui/Button';
import { Answer, Empty } from '../../shared/ui/States';
import { ComparePanel } from './ComparePanel';
import { EventList } from './EventList';
import { EventPanel } from './EventPanel';
import { newestFirst, searchEvents } from './editions';
import { t } from './texts';
import styles from './events.module.css';

const isFiltered = (filters: Filters) => Boolean(filters.search || filters.from || filters.to || filters.platforms.length > 0);
const clear = () => setParams({ q: null, range: null, from: null, to: null, platform: null });

function Nothing({ filtered }: { filtered: boolean }) {
  if (!filtered) return <Empty title={t('none')}>{t('noneHint')}</Empty>;
  return (
    <Empty title={t('noMatch')} actions={<Button onClick={clear}>{t('clear')}</Button>}>
      {t('noMatchHint')}
    </Empty>
  );
}

function Events({ events, filters }: { events: readonly SpecialEvent[]; filters: Filters }) {
  const { params } = useLocation(), panel = useRef<HTMLDivElement>(null);
  const found = useMemo(() => newestFirst(searchEvents(events, filters.search)), [events, filters.search]);
  const event = found.find((one) => one.id === params.get('event')) ?? found[0];
  const other = found.find((one) => one.id === params.get('with') && one.id !== event?.id);
  if (!event) return <Nothing filtered={isFiltered(filters)} />;
  return (
    <div className={styles.view}>
      <div ref={panel} className={styles.panel} tabIndex={-1} role="group" aria-label={event.name}>
        <EventPanel event={event} other={other} events={found} filters={filters} />
      </div>
      {other && <ComparePanel event={event} other={other} />}
      <EventList events={found} current={event} onOpen={() => panel.current?.focus()} />
    </div>
  );
}

export function EventsView() {
  const filters = useFilters();
  const answer = useEvents({ from: filters.from, to: filters.to, platform: filters.platforms, as_of: filters.asOf });
  return <Answer answer={answer}>{(data) => <Events events={data.events} filters={filters} />}</Answer>;
}

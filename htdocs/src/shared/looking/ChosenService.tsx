/* The service that a view of one shows, with its weeks and periods inside the filters. */
import { useMemo, type ReactNode } from 'react';
import { useKnown } from '../api/known';
import type { Ident, Interval, WeeklySeries } from '../api/types';
import { useWeekly } from '../api/weekly';
import { periodsOf, type Period } from '../figures/periods';
import { weeksOf, type Week } from '../figures/weeks';
import { texts } from '../i18n/texts';
import { today } from '../time/day';
import { chosenOf, setServices, useFilters, type Filters } from '../url/filters';
import { Button } from '../ui/Button';
import { Answer, Empty } from '../ui/States';

const t = texts({
  unknown: 'There is no service “{id}”',
  unknownHint: 'It may have been deleted or merged with another since this address was made.',
  first: 'Show the first service',
});

export interface Chosen {
  service: Ident;
  platforms: readonly Ident[];
  /** Also those before and after the range, which it is compared with. */
  weeks: readonly Week[];
  /** Inside the range. */
  periods: readonly Period[];
  filters: Filters;
}

/** What all services have, in their order. */
export interface Everything {
  services: readonly Ident[];
  series: readonly WeeklySeries[];
}

interface Props {
  /** Of a view that has no control for it, whatever the address carries along from another. */
  interval?: Interval;
  children: (chosen: Chosen, all: Everything) => ReactNode;
}

const NO_WEEKS: readonly Week[] = [], NO_PLATFORMS: readonly Ident[] = [];

function useChosen(service: Ident, series: readonly WeeklySeries[], filters: Filters): Chosen {
  const own = series.find((one) => one.id === service.id), now = today();
  const weeks = useMemo(() => (own ? weeksOf(own) : NO_WEEKS), [own]);
  return useMemo(() => {
    const periods = periodsOf(weeks, { interval: filters.interval, range: filters, today: now });
    return { service, platforms: own?.platforms ?? NO_PLATFORMS, weeks, periods, filters };
  }, [service, own, weeks, filters, now]);
}

function Shown({ service, filters, all, children }: Pick<Props, 'children'> & { service: Ident; filters: Filters; all: Everything }) {
  return <>{children(useChosen(service, all.series, filters), all)}</>;
}

function Unknown({ id }: { id: string }) {
  return (
    <Empty title={t('unknown', { id })} actions={<Button onClick={() => setServices([])}>{t('first')}</Button>}>
      {t('unknownHint')}
    </Empty>
  );
}

export function ChosenService({ interval, children }: Props) {
  const asked = useFilters(), filters = useMemo(() => (interval ? { ...asked, interval } : asked), [asked, interval]);
  const { services } = useKnown(filters.asOf), answer = useWeekly(filters);
  return (
    <Answer answer={{ ...answer, data: services && answer.data }}>
      {(series) => {
        const service = chosenOf(filters.services, services!);
        if (service) return <Shown service={service} filters={filters} all={{ services: services!, series }}>{children}</Shown>;
        return <Unknown id={filters.services[0] ?? ''} />;
      }}
    </Answer>
  );
}

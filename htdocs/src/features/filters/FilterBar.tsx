/* The controls of the shared filters: those that act on the view, and no others. */
import { useId, useState } from 'react';
import { useCan, useMe } from '../../shared/api/hooks';
import { useKnown } from '../../shared/api/known';
import type { Ident } from '../../shared/api/types';
import { chosenOf, INTERVALS, setAsOf, setInterval, setPlatforms, setServices, useFilters, type Filters, type ViewFilters } from '../../shared/url/filters';
import { setParams, useLocation } from '../../shared/url/location';
import { Button } from '../../shared/ui/Button';
import { cx } from '../../shared/ui/cx';
import { SelectField } from '../../shared/ui/Field';
import { Icon } from '../../shared/ui/Icon';
import { paramsSet, resetOf, sayFilters } from './active';
import { PickList } from './PickList';
import { RangePicker } from './RangePicker';
import { SearchField } from './SearchField';
import { ServiceSelect } from './ServiceSelect';
import { TakeAway } from './TakeAway';
import { t } from './texts';
import styles from './filters.module.css';

const NONE: readonly Ident[] = [];

function IntervalSelect({ view, filters }: { view: ViewFilters; filters: Filters }) {
  return (
    <SelectField label={t('interval')} hideLabel value={filters.interval} onChange={(event) => setInterval(event.target.value as Filters['interval'], view.interval)}>
      {INTERVALS.map((interval) => (
        <option key={interval} value={interval}>
          {t(`by${interval}`)}
        </option>
      ))}
    </SelectField>
  );
}

function AsOf({ entry }: { entry: number }) {
  return (
    <p className={styles.asOf}>
      <Icon name="history" />
      {t('asOf', { id: entry })}
      <Button small onClick={() => setAsOf(null)}>
        {t('now')}
      </Button>
    </p>
  );
}

interface PartProps {
  view: ViewFilters;
  filters: Filters;
  services: readonly Ident[];
  platforms: readonly Ident[];
}

function Controls({ view, filters, services, platforms }: PartProps) {
  const path = useLocation().view;
  return (
    <>
      {view.service === 'one' && <ServiceSelect known={services} wanted={filters.services} />}
      {view.service === 'many' && <PickList what="services" known={services} chosen={filters.services} onChoose={setServices} />}
      {view.platform && <PickList what="platforms" known={platforms} chosen={filters.platforms} onChoose={setPlatforms} />}
      {view.range && <RangePicker filters={filters} />}
      {view.interval && <IntervalSelect view={view} filters={filters} />}
      {view.search && <SearchField key={path} search={filters.search} />}
    </>
  );
}

function Bar({ view }: { view: ViewFilters }) {
  const filters = useFilters(view.interval), known = useKnown(filters.asOf);
  const [open, setOpen] = useState(false);
  const id = useId(), set = paramsSet(view, filters);
  const services = known.services ?? NONE, platforms = known.platforms ?? NONE, one = view.service === 'one' ? chosenOf(filters.services, services) : undefined;
  return (
    <section className={styles.bar} aria-label={t('filters')}>
      <Button className={styles.toggle} aria-expanded={open} aria-controls={id} icon={<Icon name="manage" />} onClick={() => setOpen(!open)}>
        {set.length > 0 ? t('filtersSet', { n: set.length }) : t('filters')}
      </Button>
      <div id={id} className={cx(styles.controls, !open && styles.closed)}>
        <Controls view={view} filters={filters} services={services} platforms={platforms} />
        {set.length > 0 && (
          <Button kind="quiet" icon={<Icon name="undo" />} onClick={() => setParams(resetOf(set))}>
            {t('reset')}
          </Button>
        )}
      </div>
      <TakeAway filters={filters} services={view.service === undefined ? null : one ? [one.id] : filters.services} />
      {view.asOf && filters.asOf !== undefined && <AsOf entry={filters.asOf} />}
      <p className={styles.printed}>{sayFilters(view, filters, one?.name, services, platforms)}</p>
    </section>
  );
}

export function FilterBar({ filters }: { filters: ViewFilters }) {
  const me = useMe().data, may = useCan('view');
  if (Object.keys(filters).length === 0 || (me && !may)) return null;
  return <Bar view={filters} />;
}

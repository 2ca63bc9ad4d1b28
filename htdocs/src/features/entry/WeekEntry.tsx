/* Entering the numbers of one service's week. */
import { useState } from 'react';
import { useData, useServices, useStats } from '../../shared/api/hooks';
import type { Day, Ident, Services, Stats, WeeklySeries } from '../../shared/api/types';
import { formatRange, formatWeekday } from '../../shared/format/date';
import { exact } from '../../shared/format/number';
import { addDays, isDay, today } from '../../shared/time/day';
import { setParams, useLocation } from '../../shared/url/location';
import { Button } from '../../shared/ui/Button';
import { SelectField, TextField } from '../../shared/ui/Field';
import { Failure, Skeleton } from '../../shared/ui/States';
import { DayField } from './DayField';
import type { Change, Place } from './draft';
import { NumbersForm } from './NumbersForm';
import { expectedWeek, isSameWeekday, oddEnd, viewersAt } from './weeks';
import { t } from './texts';
import { usePinned } from './use-pinned';
import styles from './entry.module.css';

/** Not a public id. */
const NEW = '+';

function placeOf(series: WeeklySeries, { id, name, color }: Ident, week: Day): Place {
  const before = viewersAt(series, id, addDays(week, -7));
  return { key: id, name, color, stored: viewersAt(series, id, week), hint: before === null ? null : t('lastWeek', { n: exact(before) }) };
}

const entriesOf = (service: string, week: Day, end: Day | undefined) => (changes: readonly Change[]) =>
  changes.map((change) => ({ service, platform: change.name, week_start: week, ...(end ? { week_end: end } : {}), viewers: change.now }));

interface WeekProps {
  week: Day;
  onWeek: (week: Day) => void;
  /** A day of the service's weeks, whose weekday they share. */
  usual: Day | null | undefined;
  name: string;
}

function WeekField({ week, onWeek, usual, name }: WeekProps) {
  const isOdd = usual && !isSameWeekday(usual, week);
  return (
    <div className={styles.week}>
      <DayField label={t('weekStart')} day={week} hint={isOdd ? t('weekday', { service: name }) : formatWeekday(week)} onDay={onWeek} />
      <div className={styles.steps}>
        <Button onClick={() => onWeek(addDays(week, -7))}>{t('before')}</Button>
        <Button onClick={() => onWeek(addDays(week, 7))}>{t('after')}</Button>
      </div>
    </div>
  );
}

function NumbersOfWeek({ id, week, name }: { id: string; week: Day; name: string }) {
  const isNew = id === NEW;
  const answer = useData({ service: [id] }, !isNew);
  if (!isNew && !answer.data && !answer.error) return <Skeleton height="table" />;
  const series = answer.data?.services[0] as WeeklySeries | undefined, own = series?.id === id ? series : undefined;
  return (
    <NumbersForm
      key={`${id} ${week}`}
      of={`week ${id} ${week}`}
      title={`${name || t('newService')} · ${formatRange(week, oddEnd(own, week) ?? addDays(week, 6))}`}
      places={own?.platforms.map((platform) => placeOf(own, platform, week)) ?? []}
      missing={name ? undefined : t('needName')}
      entriesOf={entriesOf(isNew ? name : id, week, oddEnd(own, week))}
      onSaved={(result) => isNew && setParams({ service: result.services[0]?.id ?? null, week }, true)}
    />
  );
}

function ChosenWeek({ stats, services }: { stats: Stats; services: Services['services'] }) {
  const { params } = useLocation();
  const [name, setName] = useState('');
  const first = usePinned('', services[0]?.id ?? NEW);
  const id = params.get('service') ?? first, service = services.find((one) => one.id === id), isNew = !service;
  const known = stats.services.find((one) => one.id === id);
  const expected = usePinned(id, expectedWeek(known, today())), asked = params.get('week'), week = asked && isDay(asked) ? asked : expected;
  const shownName = service?.name ?? name.trim(), chosen = isNew ? NEW : id;
  return (
    <>
      <div className={styles.choice}>
        <SelectField label={t('service')} value={chosen} onChange={(event) => setParams({ service: event.target.value, week: null }, true)}>
          {services.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
          <option value={NEW}>{t('newService')}</option>
        </SelectField>
        {isNew && <TextField label={t('serviceName')} maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />}
        <WeekField week={week} usual={known?.last_week} name={shownName} onWeek={(next) => setParams({ week: next }, true)} />
      </div>
      <NumbersOfWeek id={chosen} week={week} name={shownName} />
    </>
  );
}

export function WeekEntry() {
  const stats = useStats(), services = useServices();
  const error = stats.error ?? services.error;
  if (stats.data && services.data) return <ChosenWeek stats={stats.data} services={services.data.services} />;
  return error ? <Failure error={error} retry={stats.refresh} /> : <Skeleton height="chart" />;
}

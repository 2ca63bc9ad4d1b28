/* One tile for each service, which chooses it. */
import { useEffect, useMemo, useRef } from 'react';
import { Sparkline } from '../../charts/Sparkline';
import type { Ident, WeeklySeries } from '../../shared/api/types';
import { changeFrom, periodsOf } from '../../shared/figures/periods';
import { namePeriod, sumsOf } from '../../shared/figures/sentence';
import { standingOf } from '../../shared/figures/standing';
import { weeksOf } from '../../shared/figures/weeks';
import { exact } from '../../shared/format/number';
import type { Everything } from '../../shared/looking/ChosenService';
import { today } from '../../shared/time/day';
import { Link } from '../../shared/url/Link';
import type { Filters } from '../../shared/url/filters';
import { useLocation } from '../../shared/url/location';
import { ChangeBadge } from '../../shared/ui/ChangeBadge';
import { cx } from '../../shared/ui/cx';
import { Swatch } from '../../shared/ui/Swatch';
import { t } from './texts';
import styles from './overview.module.css';

/** So many periods are told apart in a line this small. */
const SPARK_MOST = 26;
/** More than these are drawn smaller. */
const ROOMY_MOST = 8;

interface TileProps {
  service: Ident;
  series: WeeklySeries | undefined;
  filters: Filters;
  chosen: boolean;
  small: boolean;
}

function useTile(series: WeeklySeries | undefined, filters: Filters) {
  const now = today();
  return useMemo(() => {
    const periods = series ? periodsOf(weeksOf(series), { interval: filters.interval, range: filters, today: now }) : [];
    return { latest: standingOf(periods).latest, values: sumsOf(periods.slice(-SPARK_MOST)) };
  }, [series, filters, now]);
}

function Tile({ service: { id, name, color }, series, filters, chosen, small }: TileProps) {
  const { params } = useLocation(), { latest, values } = useTile(series, filters);
  const to = new URLSearchParams(params);
  to.set('service', id);
  return (
    <Link view="" params={to} className={cx(styles.tile, chosen && styles.chosen)} aria-current={chosen ? 'true' : undefined}>
      <span className={styles.tileName}>
        <Swatch color={color} />
        <span title={name}>{name}</span>
      </span>
      <span className={styles.tileNumber}>
        <strong>{exact(latest?.all.sum)}</strong>
        {latest && <ChangeBadge change={changeFrom(latest.all, latest.before?.all)} />}
      </span>
      <span className={styles.tileWhen}>{latest ? namePeriod(latest, filters.interval) : t('noNumber')}</span>
      {filters.interval !== 'week' && <span className={styles.tileWhen}>{t('perWeekShort')}</span>}
      {!small && <Sparkline values={values} color={color} />}
    </Link>
  );
}

/** Among many, the chosen one is where it is seen. */
function useChosenInSight(chosen: string) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const box = list.current, tile = box?.querySelector<HTMLElement>('[aria-current]');
    if (box && tile) box.scrollTop = tile.offsetTop - (box.clientHeight - tile.offsetHeight) / 2;
  }, [chosen]);
  return list;
}

export function Tiles({ all: { services, series }, chosen, filters }: { all: Everything; chosen: string; filters: Filters }) {
  const byId = useMemo(() => new Map(series.map((one) => [one.id, one])), [series]), small = services.length > ROOMY_MOST;
  const list = useChosenInSight(chosen);
  return (
    <ul ref={list} className={cx(styles.tiles, small && styles.small)} aria-label={t('services')}>
      {services.map((service) => (
        <li key={service.id}>
          <Tile service={service} series={byId.get(service.id)} filters={filters} chosen={service.id === chosen} small={small} />
        </li>
      ))}
    </ul>
  );
}

/* All services, the small ones put together so that what is drawn can be read. */
import type { ChartSpec } from '../../charts/types';
import type { ChartStyle } from '../../charts/chartStyle';
import { periodAxis } from '../../charts/periodAxis';
import type { Day, Interval, Viewers } from '../../shared/api/types';
import { alignPeriods, type Period } from '../../shared/figures/periods';
import { rankServices, type Rank, type Ranked } from '../../shared/figures/ranking';
import { sayPeriods, sumsOf } from '../../shared/figures/sentence';
import { percent } from '../../shared/format/number';
import { t } from './texts';

/** So many are drawn each by itself. */
export const DRAWN_MOST = 8;
/** No service's: a grey. */
const OTHERS_COLOR = '#8a8f98';

export interface Together {
  places: readonly { start: Day; end: Day }[];
  /** In the services' order, the others last. */
  series: { id: string; name: string; color: string; values: Viewers[]; total: Viewers }[];
  /** The most watched first. */
  ranks: readonly Rank[];
  /** Of all services. */
  periods: Period[];
  isCut: boolean;
}

const addUp = (values: readonly Viewers[]): Viewers => values.reduce((sum, value) => (value === null ? sum : (sum ?? 0) + value), null);
const addRows = (rows: readonly Viewers[][], places: number): Viewers[] => Array.from({ length: places }, (_, i) => addUp(rows.map((row) => row[i] ?? null)));

/** What all services have at a place; of what is not whole for one it is not whole for all. */
function sumAt(place: { start: Day; end: Day }, periods: readonly (Period | undefined)[]): Period {
  const there = periods.filter((period) => period !== undefined);
  const weeks = there.reduce((most, period) => Math.max(most, period.all.weeks), 0);
  return { ...place, all: { sum: addUp(there.map((period) => period.all.sum)), weeks }, by: {}, before: undefined, state: there.find((period) => period.state !== 'whole')?.state ?? 'whole' };
}

export function putTogether(services: readonly Ranked[], most = DRAWN_MOST): Together {
  const ranks = rankServices(services), { places, rows } = alignPeriods(services.map((service) => service.periods));
  const drawn = new Set((ranks.length > most ? ranks.slice(0, most) : ranks).map((rank) => rank.id));
  const all = services.map(({ id, name, color }, i) => ({ id, name, color, values: sumsOf(rows[i]!) }));
  const rest = all.filter(({ id }) => !drawn.has(id)), shown = all.filter(({ id }) => drawn.has(id));
  /* A public id has no space: it is nobody's. */
  const others = rest.length > 0 ? [{ id: ' ', name: t('others', { n: rest.length }), color: OTHERS_COLOR, values: addRows(rest.map((one) => one.values), places.length) }] : [];
  return {
    places,
    series: [...shown, ...others].map((one) => ({ ...one, total: addUp(one.values) })),
    ranks,
    periods: places.map((place, i) => sumAt(place, rows.map((row) => row[i]))),
    isCut: rest.length > 0,
  };
}

export function servicesChart({ places, series, ranks, periods, isCut }: Together, interval: Interval, style: ChartStyle): ChartSpec {
  const first = ranks[0];
  return {
    title: t('chart'),
    summary: [
      t('sum'),
      sayPeriods(periods, interval),
      ranks.length > 1 && first?.share ? t('most', { name: first.name, share: percent(first.share) }) : '',
      isCut ? t('largest', { most: series.length - 1 }) : '',
    ].filter(Boolean).join(' '),
    ...style,
    ...periodAxis(places, interval),
    series,
    unit: t('unit'),
  };
}

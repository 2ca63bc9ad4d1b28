/* Services by how many watch them. */
import type { Viewers } from '../api/types';
import type { ChangeOf } from './change';
import { changeFrom, meanOf, type Period } from './periods';
import { standingOf } from './standing';

export interface Ranked {
  id: string;
  name: string;
  color: string;
  periods: readonly Period[];
}

export interface Rank extends Ranked {
  /** Equal totals have the same. */
  rank: number;
  total: Viewers;
  /** Of all of them, from 0 to 1. */
  share: number | null;
  mean: number | null;
  latest: Period | undefined;
  change: ChangeOf;
  peak: Period | undefined;
}

/** The most watched first. */
export function rankServices(services: readonly Ranked[]): Rank[] {
  const rows = services.map((service) => ({ service, standing: standingOf(service.periods) }));
  const whole = rows.reduce((sum, row) => sum + (row.standing.all.sum ?? 0), 0);
  const totals = rows.map((row) => row.standing.all.sum ?? -1).sort((a, b) => b - a);
  const ranked = rows.map(({ service, standing: { all, latest, peak } }): Rank => ({
    ...service,
    rank: totals.indexOf(all.sum ?? -1) + 1,
    total: all.sum,
    share: all.sum === null || whole === 0 ? null : all.sum / whole,
    mean: meanOf(all),
    latest,
    change: latest ? changeFrom(latest.all, latest.before?.all) : { kind: 'none' },
    peak,
  }));
  return ranked.sort((a, b) => a.rank - b.rank);
}

/* Paths through places that follow on each other. */

/** Places of a series between two gaps, in order. */
export type Run = readonly number[];
type At = (place: number) => number;

const through = (run: Run, x: At, y: At): string => run.map((place) => `${x(place)},${y(place)}`).join('L');

export const linePath = (runs: readonly Run[], x: At, y: At): string => runs.map((run) => `M${through(run, x, y)}`).join('');

/** Along the upper edge, and back along the lower one. */
export const areaPath = (runs: readonly Run[], x: At, low: At, high: At): string => runs.map((run) => `M${through(run, x, high)}L${through([...run].reverse(), x, low)}Z`).join('');

/* What a chart is told: the same for what is drawn, what is read out, the table behind it, and the file that it is saved as. */
import type { Day, Viewers } from '../shared/api/types';

export interface ChartSeries {
  id: string;
  name: string;
  /** From the server: a service or platform has its colour everywhere. */
  color: string;
  /** One for each place on the x axis; null is no number, and is drawn as a gap. */
  values: readonly Viewers[];
}

export type ChartKind = 'area' | 'line' | 'bars';

export interface ChartSpec {
  /** Heading of the table and name of the saved file. */
  title: string;
  /** A sentence that says what the chart shows. */
  summary: string;
  kind: ChartKind;
  stacked: boolean;
  /** days: places are as far apart as their days, and what is missing in between is a gap. steps: one beside the other. */
  axis: { kind: 'days'; days: readonly Day[]; stepDays: number } | { kind: 'steps'; count: number };
  /** In full, for the tooltip and the table. */
  placeName: (index: number) => string;
  /** For the axis. */
  placeTick: (index: number) => string;
  series: readonly ChartSeries[];
  /** "viewers" */
  unit: string;
}

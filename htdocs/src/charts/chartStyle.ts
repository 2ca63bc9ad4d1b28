/* How charts are drawn, as it stands in the address. */
import { setParams, useLocation } from '../shared/url/location';
import type { ChartKind } from './types';

export interface ChartStyle {
  kind: ChartKind;
  stacked: boolean;
}

const KINDS: readonly ChartKind[] = ['area', 'line', 'bars'];
const DEFAULT: ChartStyle = { kind: 'area', stacked: true };

export function parseChartStyle(params: URLSearchParams, usual: ChartStyle = DEFAULT): ChartStyle {
  const kind = params.get('chart') as ChartKind, stack = params.get('stack');
  return { kind: KINDS.includes(kind) ? kind : usual.kind, stacked: stack === '1' || stack === '0' ? stack === '1' : usual.stacked };
}

/** usual: what the address leaves out. */
export const useChartStyle = (usual: ChartStyle = DEFAULT): ChartStyle => parseChartStyle(useLocation().params, usual);

export const setChartKind = (kind: ChartKind, usual: ChartStyle = DEFAULT) => setParams({ chart: kind === usual.kind ? null : kind }, true);
export const setStacked = (stacked: boolean, usual: ChartStyle = DEFAULT) => setParams({ stack: stacked === usual.stacked ? null : stacked ? '1' : '0' }, true);

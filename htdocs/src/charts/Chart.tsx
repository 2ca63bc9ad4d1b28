/* A chart with its legend, its sentence, its table and the files it can be saved as. */
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { shadeOf } from '../shared/color/shade';
import { useDark } from '../shared/store/theme';
import { ChartCursor } from './ChartCursor';
import { ChartDrawing } from './ChartDrawing';
import { ChartLegend } from './ChartLegend';
import { ChartSave } from './ChartSave';
import { ChartTable } from './ChartTable';
import { drawPlot } from './drawing';
import { plotOf } from './plot';
import type { ChartSpec } from './types';
import { useWidth } from './useWidth';
import styles from './chart.module.css';

const NONE: ReadonlySet<string> = new Set();

function useHidden() {
  const [hidden, setHidden] = useState(NONE);
  const toggle = useCallback((id: string) => {
    setHidden((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  return { hidden, toggle };
}

interface Props {
  /** The same object as long as it shows the same. */
  spec: ChartSpec;
  /** Of the plot, in pixels, which it has before it is drawn. */
  height?: number;
  /** Behind the chart, where it says more than the chart's own. */
  table?: ReactNode;
}

export function Chart({ spec, height = 280, table }: Props) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const { hidden, toggle } = useHidden();
  const [lit, setLit] = useState<string | null>(null);
  const dark = useDark();
  const plot = useMemo(() => (width > 0 ? plotOf(spec, hidden, { width, height }) : null), [spec, hidden, width, height]);
  const drawing = useMemo(() => plot && drawPlot(plot, (color) => shadeOf(color, dark)), [plot, dark]);
  return (
    <figure className={styles.figure}>
      {spec.series.length > 1 && <ChartLegend series={spec.series} hidden={hidden} onToggle={toggle} onLight={setLit} />}
      <div ref={frame} className={styles.frame}>
        <svg className={styles.plot} role="img" aria-label={`${spec.title}. ${spec.summary}`} width={width || undefined} height={height} viewBox={width ? `0 0 ${width} ${height}` : undefined}>
          {drawing && <ChartDrawing drawing={drawing} lit={lit} />}
        </svg>
        {plot && <ChartCursor spec={spec} plot={plot} width={width} height={height} />}
      </div>
      <figcaption className={styles.caption}>{spec.summary}</figcaption>
      <div className={styles.foot}>
        <ChartSave spec={spec} hidden={hidden} />
        <ChartTable spec={spec}>{table}</ChartTable>
      </div>
    </figure>
  );
}

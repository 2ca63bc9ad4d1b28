/* Reading a chart: by pointer, by touch, and by keyboard through a slider over its places, whose value is what is read out. */
import { memo, useCallback, useEffect, useRef, useState, type PointerEvent } from 'react';
import { shadeOf } from '../shared/color/shade';
import { useDark } from '../shared/store/theme';
import { ChartTip } from './ChartTip';
import { markAt } from './marks';
import { nearestPlace, type Plot } from './plot';
import { readingAt, sayReading } from './reading';
import { t } from './texts';
import type { ChartSpec } from './types';
import styles from './chart.module.css';

interface Props {
  spec: ChartSpec;
  plot: Plot;
  width: number;
  height: number;
}

/** It goes at Escape, and at a touch anywhere else. */
function useDismissal(active: boolean, dismiss: () => void) {
  const surface = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!active) return undefined;
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && dismiss();
    const onDown = (event: Event) => !surface.current?.contains(event.target as Node) && dismiss();
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onDown);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onDown);
    };
  }, [active, dismiss]);
  return surface;
}

function Points({ plot, place }: { plot: Plot; place: number }) {
  const dark = useDark(), x = plot.xs[place]!;
  return (
    <>
      <path className={styles.cursor} d={`M${Math.round(x) + 0.5},${plot.top}V${plot.bottom}`} />
      {plot.kind !== 'bars' &&
        plot.shown.map(({ series, index, bands }) => {
          const band = bands[place];
          return band && <path key={series.id} className={styles.point} d={markAt(plot.alone ? 0 : index, x, plot.y(band.high))} fill={shadeOf(series.color, dark)} />;
        })}
    </>
  );
}

export const ChartCursor = memo(function ChartCursor({ spec, plot, width, height }: Props) {
  const [chosen, setPlace] = useState<number | null>(null);
  const dismiss = useCallback(() => setPlace(null), []);
  const surface = useDismissal(chosen !== null, dismiss);
  const last = plot.xs.length - 1, place = chosen !== null && chosen <= last ? chosen : null;
  if (last < 0) return null;
  const point = (event: PointerEvent<HTMLDivElement>) => setPlace(nearestPlace(plot.xs, event.clientX - event.currentTarget.getBoundingClientRect().left));
  const leave = (event: PointerEvent) => event.pointerType !== 'touch' && dismiss();
  const said = sayReading(readingAt(spec, plot.shown, place ?? last), spec.unit, t('total'));
  return (
    <div ref={surface} className={styles.surface} onPointerMove={point} onPointerDown={point} onPointerLeave={leave}>
      <input
        type="range"
        className={styles.reader}
        min={0}
        max={last}
        value={place ?? last}
        aria-label={t('read', { title: spec.title })}
        aria-valuetext={said}
        onFocus={() => setPlace((now) => now ?? last)}
        onBlur={dismiss}
        onChange={(event) => setPlace(Number(event.target.value))}
      />
      <svg className={styles.overlay} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {place !== null && <Points plot={plot} place={place} />}
      </svg>
      {place !== null && <ChartTip reading={readingAt(spec, plot.shown, place)} x={plot.xs[place]!} width={width} alone={plot.alone} />}
    </div>
  );
});

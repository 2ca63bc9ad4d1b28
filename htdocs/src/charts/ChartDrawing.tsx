/* The shapes of a chart on the page. They are drawn once, and not again while somebody points at them. */
import { createElement, memo } from 'react';
import { cx } from '../shared/ui/cx';
import type { Drawing, Shape } from './drawing';
import styles from './drawing.module.css';

const element = ({ tag, part, attrs, text }: Shape, key: number) => createElement(tag, { ...attrs, key, className: styles[part] }, text);

const Layer = memo(function Layer({ shapes, dim }: { shapes: readonly Shape[]; dim: boolean }) {
  return <g className={cx(styles.layer, dim && styles.dim)}>{shapes.map(element)}</g>;
});

interface Props {
  drawing: Drawing;
  /** The series that is spoken of; the others step back. */
  lit: string | null;
}

export const ChartDrawing = memo(function ChartDrawing({ drawing, lit }: Props) {
  return (
    <>
      <Layer shapes={drawing.frame} dim={false} />
      {drawing.series.map(({ id, shapes }) => (
        <Layer key={id} shapes={shapes} dim={lit !== null && lit !== id} />
      ))}
    </>
  );
});

/* The table behind a chart, made when it is opened. */
import { useMemo, useState, type ReactNode } from 'react';
import { DataTable, numberColumn, type Column } from '../shared/ui/DataTable';
import { placesOf, totalAt } from './stacking';
import { t } from './texts';
import type { ChartSpec } from './types';
import styles from './chart.module.css';

function columnsOf(spec: ChartSpec): Column<number>[] {
  const place: Column<number> = { id: 'place', title: t('place'), head: true, whole: true, cell: spec.placeName, sort: (i) => i, text: spec.placeName };
  const series = spec.series.map((one) => numberColumn<number>(`s-${one.id}`, one.name, (i) => one.values[i] ?? null));
  const total = spec.stacked && spec.series.length > 1 ? [numberColumn<number>('total', t('total'), (i) => totalAt(spec.series, i))] : [];
  return [place, ...series, ...total];
}

function Table({ spec }: { spec: ChartSpec }) {
  const columns = useMemo(() => columnsOf(spec), [spec]);
  const rows = useMemo(() => Array.from({ length: placesOf(spec.axis) }, (_, i) => i), [spec]);
  return <DataTable caption={t('tableOf', { title: spec.title })} columns={columns} rows={rows} rowKey={String} copyable />;
}

export function ChartTable({ spec, children }: { spec: ChartSpec; children?: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.summary}>{t('table')}</summary>
      {open && (children ?? <Table spec={spec} />)}
    </details>
  );
}

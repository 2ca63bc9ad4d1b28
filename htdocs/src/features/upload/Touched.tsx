/* The services and events that a file is about, with what happens to each. */
import { DataTable, numberColumn, type Column } from '../../shared/ui/DataTable';
import { Panel } from '../../shared/ui/Panel';
import type { ChangeKind } from './planning';
import { t } from './texts';
import styles from './reading.module.css';

interface Row {
  key: string;
  id: string | null;
  name: string;
  kind: 'service' | 'event';
  counts: Record<ChangeKind, number>;
}

type TouchedOne = Record<ChangeKind, number> & { id: string | null; name: string };

const rowsOf = (kind: Row['kind'], touched: readonly TouchedOne[]): Row[] => touched.map((one, i) => ({ key: `${kind} ${i}`, id: one.id, name: one.name, kind, counts: one }));

const count = (kind: ChangeKind) => numberColumn<Row>(kind, t(kind), (row) => row.counts[kind]);

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'name',
    title: t('name'),
    head: true,
    cell: (row) => (
      <>
        {row.name} {row.kind === 'event' && <span className={styles.quiet}>{t('event')}</span>} {row.id === null && <span className={styles.tag}>{t('fresh')}</span>}
      </>
    ),
    sort: (row) => row.name,
  },
  count('added'),
  count('changed'),
  count('cleared'),
  count('unchanged'),
];

export function Touched({ services, events }: { services: readonly TouchedOne[]; events: readonly TouchedOne[] }) {
  const rows = [...rowsOf('service', services), ...rowsOf('event', events)];
  if (rows.length === 0) return null;
  return (
    <Panel title={t('touched')}>
      <DataTable caption={t('touchedTable')} columns={COLUMNS} rows={rows} rowKey={(row) => row.key} page={12} />
    </Panel>
  );
}

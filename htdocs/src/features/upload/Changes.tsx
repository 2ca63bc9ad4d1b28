/* What would be different afterwards, number by number. */
import { useState } from 'react';
import type { UploadPlan } from '../../shared/api/types';
import { changeOf } from '../../shared/figures/change';
import { formatDay, formatWeekday } from '../../shared/format/date';
import { exact } from '../../shared/format/number';
import { ChangeBadge } from '../../shared/ui/ChangeBadge';
import { cx } from '../../shared/ui/cx';
import { DataTable, numberColumn, type Column } from '../../shared/ui/DataTable';
import { Panel } from '../../shared/ui/Panel';
import { columnName } from './places';
import { changeRow, firstKind, KINDS, type ChangeKind, type ChangeRow } from './planning';
import { counted, t } from './texts';
import styles from './changes.module.css';

const place = (row: ChangeRow) => row.place && [t('line', { line: row.place.line }), row.place.column && columnName(row.place.column)].filter(Boolean).join(', ');

const COLUMNS: readonly Column<ChangeRow>[] = [
  { id: 'name', title: t('what'), head: true, cell: (row) => row.name, sort: (row) => row.name },
  { id: 'platform', title: t('platform'), cell: (row) => row.platform, sort: (row) => row.platform },
  { id: 'day', title: t('when'), cell: (row) => (row.end ? `${formatWeekday(row.day)}; ${t('weekEnd', { day: formatDay(row.end) })}` : formatWeekday(row.day)), sort: (row) => row.day },
  numberColumn('old', t('old'), (row) => row.old),
  { id: 'now', title: t('now'), number: true, cell: (row) => <strong>{exact(row.now)}</strong>, sort: (row) => row.now },
  { id: 'change', title: t('change'), number: true, cell: (row) => (row.old !== null && row.now !== null ? <ChangeBadge change={changeOf(row.now, row.old)} /> : null) },
  { id: 'place', title: t('place'), cell: (row) => place(row), sort: (row) => row.place?.line ?? null, text: (row) => place(row) ?? '' },
];

const columnsFor = (kind: ChangeKind) => (kind === 'changed' ? COLUMNS : COLUMNS.filter((column) => column.id !== 'change'));

function Tile({ kind, count, isChosen, onChoose }: { kind: ChangeKind; count: number; isChosen: boolean; onChoose: () => void }) {
  return (
    <button type="button" aria-pressed={isChosen} className={cx(styles.tile, count > 0 && styles[kind], isChosen && styles.chosen)} onClick={onChoose}>
      <span className={styles.kind}>{t(kind)}</span>
      <span className={styles.count}>{exact(count)}</span>
      <span className={styles.hint}>{t(`${kind}Hint`)}</span>
    </button>
  );
}

function Labels({ plan }: { plan: UploadPlan }) {
  if (plan.labels_changed === 0) return null;
  const left = plan.labels_changed - plan.labels.length;
  return (
    <details>
      <summary>{t('labels', counted(plan.labels_changed))}</summary>
      <ul className={styles.labels}>
        {plan.labels.map((label) => (
          <li key={`${label.event} ${label.date}`}>{t('label', { event: label.event, day: formatDay(label.date), old: label.old ?? '–', now: label.new ?? '–' })}</li>
        ))}
        {left > 0 && <li>{t('more', { n: left })}</li>}
      </ul>
    </details>
  );
}

export function Changes({ plan }: { plan: UploadPlan }) {
  const [chosen, setChosen] = useState<ChangeKind | null>(null);
  const kind = chosen ?? firstKind(plan), cells = plan.cells[kind];
  return (
    <Panel title={t('would')} note={t('wouldNote')}>
      <div className={styles.tiles}>
        {KINDS.map((one) => (
          <Tile key={one} kind={one} count={plan[one]} isChosen={one === kind} onChoose={() => setChosen(one)} />
        ))}
      </div>
      {cells.length > 0 ? <DataTable key={kind} caption={t('cellsOf', { kind: t(kind) })} columns={columnsFor(kind)} rows={cells.map(changeRow)} rowKey={(row) => row.key} page={12} /> : <p className={styles.none}>{t('noneOf')}</p>}
      {plan[kind] > cells.length && <p className={styles.none}>{t('moreCells', counted(plan[kind] - cells.length))}</p>}
      <Labels plan={plan} />
    </Panel>
  );
}

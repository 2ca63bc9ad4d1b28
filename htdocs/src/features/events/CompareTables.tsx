/* Two events in numbers: day n beside day n, platform beside platform. */
import { useMemo } from 'react';
import type { SpecialEvent } from '../../shared/api/types';
import { formatWeekday } from '../../shared/format/date';
import { exact } from '../../shared/format/number';
import { ChangeBadge, changeText } from '../../shared/ui/ChangeBadge';
import type { ChangeOf } from '../../shared/figures/change';
import { DataTable, numberColumn, type Column } from '../../shared/ui/DataTable';
import { Swatch } from '../../shared/ui/Swatch';
import type { Comparison, DayPair, PlatformPair, SidePlace } from './comparison';
import { comparisonTitle, dayName, type Names } from './eventCharts';
import { dayOf } from './eventFigures';
import { t } from './texts';
import styles from './events.module.css';

interface Props {
  comparison: Comparison;
  names: Names;
}

/** New and larger is before smaller. */
const changeRank = (change: ChangeOf): number | null => (change.kind === 'none' ? null : change.kind === 'change' ? change.ratio : change.kind === 'same' ? 0 : Number.MAX_VALUE);

const changeColumn = <Row extends { change: ChangeOf }>(): Column<Row> => ({
  id: 'change', title: t('change'), number: true, cell: (row) => <ChangeBadge change={row.change} />, sort: (row) => changeRank(row.change), text: (row) => changeText(row.change),
});

/** A number and the day that it is of; a day within the event that has none is named all the same. */
function Side({ event, n, side }: { event: SpecialEvent; n: number; side: SidePlace }) {
  const day = dayOf(event, n);
  return (
    <>
      <span>{exact(side.total)}</span>
      {(side.place !== null || day <= event.end_date) && <span className={styles.small}>{side.place === null ? formatWeekday(day) : dayName(event, side.place)}</span>}
    </>
  );
}

export function PairTable({ comparison, names }: Props) {
  const columns = useMemo<Column<DayPair>[]>(() => {
    const side = (which: 'later' | 'earlier'): Column<DayPair> => ({
      id: which, title: names[which], number: true, cell: (row) => <Side event={comparison[which]} n={row.n} side={row[which]} />, sort: (row) => row[which].total,
    });
    return [{ id: 'n', title: t('day'), head: true, cell: (row) => t('dayN', { n: row.n }), sort: (row) => row.n }, side('earlier'), side('later'), changeColumn<DayPair>()];
  }, [comparison, names.later, names.earlier]);
  return <DataTable caption={`${t('side')}: ${comparisonTitle(comparison)}`} columns={columns} rows={comparison.days} rowKey={(row) => String(row.n)} copyable />;
}

function platformCell(row: PlatformPair) {
  return (
    <span className={styles.platform}>
      <Swatch color={row.color} />
      {row.name}
    </span>
  );
}

export function PlatformTable({ comparison, names }: Props) {
  const columns = useMemo<Column<PlatformPair>[]>(() => {
    const side = (which: 'later' | 'earlier') => numberColumn<PlatformPair>(which, names[which], (row) => row[which]);
    return [{ id: 'platform', title: t('platform'), head: true, cell: platformCell, sort: (row) => row.name }, side('earlier'), side('later'), changeColumn<PlatformPair>()];
  }, [names.later, names.earlier]);
  return <DataTable caption={`${t('platformsOf')}: ${comparisonTitle(comparison)}`} columns={columns} rows={comparison.platforms} rowKey={(row) => row.id} copyable />;
}

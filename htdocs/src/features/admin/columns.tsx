/* The columns of these tables: texts, and times as the reader reads clocks. */
import { formatInstant } from '../../shared/format/date';
import type { Column } from '../../shared/ui/DataTable';
import { t } from './texts';

type Title = Parameters<typeof t>[0];

export const textColumn = <Row,>(id: Title, of: (row: Row) => string | null, head = false): Column<Row> => ({ id, title: t(id), cell: of, sort: of, head });

export const timeColumn = <Row,>(id: Title, of: (row: Row) => string | null, without = ''): Column<Row> => ({
  id,
  title: t(id),
  cell: (row) => {
    const at = of(row);
    return at ? formatInstant(at) : without;
  },
  sort: of,
  whole: true,
});

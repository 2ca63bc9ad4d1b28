/* The columns of these tables: texts, times as the reader reads clocks, and buttons, whose heading is only heard. */
import { formatInstant } from '../../shared/format/date';
import { Button } from '../../shared/ui/Button';
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

/** label: of a row's button, as it is heard; false: that row has none. */
export const buttonColumn = <Row,>(id: Title, label: (row: Row) => string | false, press: (row: Row) => void): Column<Row> => ({
  id,
  title: <span className="visually-hidden">{t(id)}</span>,
  cell: (row) => {
    const heard = label(row);
    return (
      heard && (
        <Button small aria-label={heard} onClick={() => press(row)}>
          {t(id)}
        </Button>
      )
    );
  },
});

import { describe, expect, it } from 'vitest';
import { sortRows, tableText, type Column } from './DataTable';

interface Row {
  name: string;
  n: number | null;
}

const COLUMNS: readonly Column<Row>[] = [
  { id: 'name', title: 'Name', cell: (row) => row.name, sort: (row) => row.name },
  { id: 'n', title: 'Viewers', cell: (row) => row.n, sort: (row) => row.n },
];

describe('tableText', () => {
  const cells = (...names: string[]) => tableText(names.map((name) => ({ name, n: null })), COLUMNS).split('\n').slice(1).map((line) => line.split('\t')[0]);

  it('has one line for each row, whatever is in its cells', () => expect(tableText([{ name: 'a\tb\r\nc', n: 5 }], COLUMNS)).toBe('Name\tViewers\na b c\t5'));
  it('leaves out what is only pressed', () => expect(tableText([{ name: 'a', n: 5 }], [...COLUMNS, { id: 'end', title: 'End', cell: () => 'End' }])).toBe('Name\tViewers\na\t5'));
  it('makes no formula of a name', () => expect(cells('=1+1', '+A1', '-A1', '@x', '-1+A1')).toEqual(["'=1+1", "'+A1", "'-A1", "'@x", "'-1+A1"]));
  it('leaves numbers with their sign numbers', () => expect(cells('-24.4%', '+1,234.5 %', '-24,4\u00a0%')).toEqual(['-24.4%', '+1,234.5 %', '-24,4\u00a0%']));
});

describe('sortRows', () => {
  const rows: Row[] = [{ name: 'b', n: null }, { name: 'a', n: 0 }, { name: 'c', n: 7 }];
  const order = (column: string, descending: boolean) => sortRows(rows, COLUMNS, { column, descending }).map((row) => row.name).join('');

  it('puts no number last in both directions', () => expect([order('n', false), order('n', true)]).toEqual(['acb', 'cab']));
  it('leaves the order where there is no such column', () => expect([order('__proto__', false), order('constructor', true)]).toEqual(['bac', 'bac']));
});

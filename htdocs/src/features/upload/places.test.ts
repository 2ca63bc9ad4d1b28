import { describe, expect, it } from 'vitest';
import { ambiguousDates, columnName, excerptAt, rowsUntil } from './places';

const csv = 'a,b,c\r\n1,"x\ny, ""z""",3\r\n\r\n4,5,6\n';

describe('rowsUntil', () => {
  it('counts lines as an editor does and rows as a spreadsheet does', () => {
    expect(rowsUntil(csv, ',', 99)).toEqual([
      { line: 1, number: 1, cells: ['a', 'b', 'c'] },
      { line: 2, number: 2, cells: ['1', 'x\ny, "z"', '3'] },
      { line: 4, number: 3, cells: [''] },
      { line: 5, number: 4, cells: ['4', '5', '6'] },
    ]);
  });
  it('reads one row beyond the last that is asked for', () => {
    expect(rowsUntil(csv, ',', 2).map((row) => row.line)).toEqual([1, 2, 4]);
  });
  it('takes other delimiters, lone carriage returns, and a text without a last line end', () => {
    expect(rowsUntil('a;b\rc;d', ';', 9).map((row) => row.cells)).toEqual([['a', 'b'], ['c', 'd']]);
    expect(rowsUntil('a,', ',', 9).map((row) => row.cells)).toEqual([['a', '']]);
  });
  it('ends with a quote that never ends', () => {
    expect(rowsUntil('a,"b\nc,d', ',', 9)).toEqual([{ line: 1, number: 1, cells: ['a', 'b\nc,d'] }]);
  });
  it('gives nothing for nothing', () => {
    expect(rowsUntil('', ',', 9)).toEqual([]);
  });
});

describe('excerptAt', () => {
  const rows = rowsUntil(csv, ',', 99);
  it('shows the row with its neighbours, and the cell', () => {
    expect(excerptAt(rows, 2, 3)).toEqual({
      columns: [1, 2, 3],
      rows: [
        { number: 1, cells: ['a', 'b', 'c'], isMarked: false },
        { number: 2, cells: ['1', 'x\ny, "z"', '3'], isMarked: true },
        { number: 3, cells: ['', '', ''], isMarked: false },
      ],
      marked: 3,
    });
  });
  it('keeps the labels where the cell is far to the right', () => {
    const wide = rowsUntil(Array.from({ length: 40 }, (_, i) => `c${i + 1}`).join(','), ',', 1);
    expect(excerptAt(wide, 1, 30)).toMatchObject({ columns: [1, 28, 29, 30, 31, 32], rows: [{ cells: ['c1', 'c28', 'c29', 'c30', 'c31', 'c32'] }] });
  });
  it('shows where a cell is missing', () => {
    expect(excerptAt(rows, 4, 2)?.rows[1]).toEqual({ number: 3, cells: ['', '', ''], isMarked: true });
  });
  it('finds a line inside of a row', () => {
    expect(excerptAt(rows, 3, null)?.rows[1]?.number).toBe(2);
  });
  it('has nothing beyond the text', () => {
    expect([excerptAt(rows, 9, 1), excerptAt([], 1, 1)]).toEqual([null, null]);
  });
});

describe('columnName', () => {
  it('is what spreadsheets say', () => {
    expect([1, 26, 27, 52, 703].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'AAA']);
  });
});

describe('ambiguousDates', () => {
  it('gives different ones that have two readings', () => {
    expect(ambiguousDates('1/2/2025,1/2/2025,13/2/2025,5/5/2025,2025-01-02,03.04.25,6/7/2025', 2)).toEqual([
      { text: '1/2/2025', first: 1, second: 2, year: 2025 },
      { text: '03.04.25', first: 3, second: 4, year: 2025 },
    ]);
  });
});

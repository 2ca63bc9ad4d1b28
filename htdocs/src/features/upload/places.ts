/* Finds places of a CSV text again by the line and column that the server names. */

/** line: where it begins, from 1, as an editor counts; number: which row of the spreadsheet it is. */
export interface Row {
  line: number;
  number: number;
  cells: readonly string[];
}

const isBreak = (char: string | undefined) => char === '\n' || char === '\r';

/** The end of a quoted cell's text, behind its closing quote. */
function quoteEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && (text[at] !== '"' || text[at + 1] === '"')) at += text[at] === '"' ? 2 : 1;
  return at + 1;
}

function cellEnd(text: string, start: number, delimiter: string): number {
  let at = text[start] === '"' ? quoteEnd(text, start) : start;
  while (at < text.length && text[at] !== delimiter && !isBreak(text[at])) at++;
  return at;
}

const cellText = (raw: string) => (raw.startsWith('"') ? raw.replace(/^"|"\s*$/g, '').replaceAll('""', '"') : raw).trim();
const breaksIn = (text: string) => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/** The rows up to the one that begins in the line or after it. */
export function rowsUntil(text: string, delimiter: string, last: number): Row[] {
  const rows: Row[] = [];
  let at = 0, line = 1;
  while (at < text.length && (rows.at(-1)?.line ?? 0) <= last) {
    const start = at, cells: string[] = [];
    for (;;) {
      const end = cellEnd(text, at, delimiter);
      cells.push(cellText(text.slice(at, end)));
      at = end + 1;
      if (text[end] !== delimiter) break;
    }
    if (text[at - 1] === '\r' && text[at] === '\n') at++;
    rows.push({ line, number: rows.length + 1, cells });
    line += breaksIn(text.slice(start, at));
  }
  return rows;
}

/** The columns of a spreadsheet: 1 is A, 27 is AA. */
export function columnName(column: number): string {
  const before = Math.floor((column - 1) / 26);
  return (before > 0 ? columnName(before) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}

export interface Excerpt {
  /** Columns of the spreadsheet, from 1. */
  columns: readonly number[];
  rows: readonly { number: number; cells: readonly string[]; isMarked: boolean }[];
  marked: number | null;
}

const AROUND = 2;

/** The first column, which has the labels, and those about the marked one. */
function columnsAbout(column: number, width: number): number[] {
  const from = Math.max(2, column - AROUND), to = Math.min(Math.max(width, column), Math.max(column, 2) + AROUND);
  return [1, ...Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)];
}

/** The row of a line, with the one before and the one after it. null: the text does not reach so far. column null: the whole row is meant. */
export function excerptAt(rows: readonly Row[], line: number, column: number | null): Excerpt | null {
  const after = rows.findIndex((row) => row.line > line), at = (after < 0 ? rows.length : after) - 1;
  if (at < 0 || (after < 0 && rows[at]!.line < line)) return null;
  const near = rows.slice(Math.max(0, at - 1), at + 2);
  const columns = columnsAbout(column ?? 1, Math.max(...near.map((row) => row.cells.length)));
  return {
    columns,
    rows: near.map((row) => ({ number: row.number, cells: columns.map((c) => row.cells[c - 1] ?? ''), isMarked: row === rows[at] })),
    marked: column,
  };
}

const AMBIGUOUS = /(?<![\d/.-])(0?[1-9]|1[0-2])([/.-])(0?[1-9]|1[0-2])\2(\d{4}|\d\d)(?![\d/.-])/g;

export interface AmbiguousDate {
  text: string;
  first: number;
  second: number;
  year: number;
}

/** Different dates of the text that can be read in two ways, the first ones. */
export function ambiguousDates(text: string, most: number): AmbiguousDate[] {
  const found = new Map<string, AmbiguousDate>();
  for (const [whole, first, , second, year] of text.matchAll(AMBIGUOUS)) {
    if (found.size >= most) break;
    if (Number(first) === Number(second)) continue;
    found.set(whole, { text: whole, first: Number(first), second: Number(second), year: year!.length === 2 ? 2000 + Number(year) : Number(year) });
  }
  return [...found.values()];
}

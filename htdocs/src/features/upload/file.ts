/* What can be seen of a file before it is sent. */
import type { FileProblem } from './flow';

/** The beginnings of workbooks: zip archives (xlsx, ods, numbers) and the older binary ones (xls). */
const WORKBOOKS: readonly (readonly number[])[] = [[0x50, 0x4b, 0x03, 0x04], [0xd0, 0xcf, 0x11, 0xe0]];

export const isWorkbook = (start: Uint8Array): boolean => WORKBOOKS.some((magic) => magic.every((byte, i) => start[i] === byte));

const startOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.slice(0, 4).arrayBuffer());

/** Not a folder, and the same as when it was chosen. */
export const isReadable = (file: File): Promise<boolean> =>
  startOf(file).then(
    () => true,
    () => false,
  );

export async function problemOf(file: File): Promise<FileProblem | null> {
  try {
    const start = await startOf(file);
    if (start.length === 0) return 'empty';
    return isWorkbook(start) ? 'workbook' : null;
  } catch {
    return 'unreadable';
  }
}

/** Cells that were copied from a spreadsheet come as text with tabs. */
export const pastedFile = (text: string, name: string): File => new File([text], name, { type: 'text/csv' });

/** Without the signs that turn the direction of what stands behind them. */
export const shownName = (file: File): string => file.name.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');

const EXCERPT_BYTES = 4 * 1024 * 1024;

/** The first part of it, which is enough for showing the places of problems in all but enormous files; "" where it cannot be read. */
export async function textOf(file: File, encoding: string): Promise<string> {
  try {
    return new TextDecoder(encoding).decode(await file.slice(0, EXCERPT_BYTES).arrayBuffer());
  } catch {
    return '';
  }
}

const MEGA = 1e6;

export function formatSize(bytes: number, locales: readonly string[]): string {
  const isLarge = bytes >= MEGA;
  return new Intl.NumberFormat([...locales], { style: 'unit', unit: isLarge ? 'megabyte' : 'kilobyte', maximumFractionDigits: 1 }).format(bytes / (isLarge ? MEGA : 1000));
}

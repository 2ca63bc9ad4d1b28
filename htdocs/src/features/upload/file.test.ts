import { describe, expect, it } from 'vitest';
import { formatSize, isReadable, pastedFile, problemOf, textOf, shownName } from './file';

const bytes = (...list: number[]) => new File([new Uint8Array(list)], 'x');
const gone = Object.assign(new File(['x'], 'x'), { slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }) }) as unknown as File;

describe('problemOf', () => {
  it('knows workbooks by their first bytes', async () => {
    expect(await problemOf(bytes(0x50, 0x4b, 3, 4, 0))).toBe('workbook');
    expect(await problemOf(bytes(0xd0, 0xcf, 0x11, 0xe0))).toBe('workbook');
  });
  it('lets text pass, and tells what cannot be read', async () => {
    expect(await problemOf(pastedFile('PK,1', 'p.csv'))).toBeNull();
    expect(await problemOf(bytes())).toBe('empty');
    expect(await problemOf(gone)).toBe('unreadable');
    expect([await isReadable(gone), await isReadable(bytes())]).toEqual([false, true]);
  });
});

describe('textOf', () => {
  it('reads in the encoding that the server found, without a byte order mark', async () => {
    expect(await textOf(bytes(0xe9), 'windows-1252')).toBe('é');
    expect(await textOf(bytes(0xff, 0xfe, 0x41, 0), 'utf-16le')).toBe('A');
    expect(await textOf(gone, 'utf-8')).toBe('');
  });
});

describe('formatSize', () => {
  it('has a fitting unit', () => {
    expect([0, 999, 12_345, 47_000_000].map((size) => formatSize(size, ['en']))).toEqual(['0 kB', '1 kB', '12.3 kB', '47 MB']);
  });
});

describe('shownName', () => {
  it('turns nothing that stands behind it', () => expect(shownName(new File([''], 'a\u202Egnp.csv'))).toBe('agnp.csv'));
});

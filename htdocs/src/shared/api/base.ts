/* Where the module is mounted. */

/** Views are one segment deep, so that "." is the mount point on each of them. */
export const MOUNT = new URL('.', document.baseURI);

export type QueryValue = string | number | boolean | null | undefined | readonly string[];
export type Query = Record<string, QueryValue>;

/** An address below the mount point; empty values are left out, lists repeat their name, names are sorted so that one question has one address. */
export function apiUrl(path: string, query: Query = {}): string {
  const url = new URL(path.replace(/^\//, ''), MOUNT);
  for (const name of Object.keys(query).sort()) {
    const value = query[name];
    if (value === null || value === undefined || value === '' || value === false) continue;
    if (Array.isArray(value)) value.forEach((one: string) => url.searchParams.append(name, one));
    else url.searchParams.append(name, value === true ? '1' : String(value));
  }
  return url.pathname + url.search;
}

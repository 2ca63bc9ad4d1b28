/* How a file is to be read and stored, where the person says it. */
import type { Mode, UploadPlan } from '../../shared/api/types';

/** [as the file says, as it is meant] */
export type Rename = readonly [from: string, to: string];
export type Kind = 'service' | 'platform';
export type DateOrder = NonNullable<UploadPlan['date_order']>;

export interface Options {
  mode: Mode;
  /** What has a problem is left out. */
  skip: boolean;
  /** null: as the file shows it. */
  dateOrder: DateOrder | null;
  eventYear: number | null;
  layout: UploadPlan['layout'] | null;
  encoding: UploadPlan['encoding'] | null;
  delimiter: UploadPlan['delimiter'] | null;
  service: readonly Rename[];
  platform: readonly Rename[];
}

export const DEFAULTS: Options = { mode: 'merge', skip: false, dateOrder: null, eventYear: null, layout: null, encoding: null, delimiter: null, service: [], platform: [] };

export const LAYOUTS = ['sheet', 'tidy', 'wide', 'events', 'export'] as const;
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Only what is added to can leave things out: where the file is the truth, they would be removed. */
export const withMode = (options: Options, mode: Mode): Options => ({ ...options, mode, skip: options.skip && mode === 'merge' });

/** A name has one meaning; the "=" separates the two for the server. */
export const mayRename = (from: string): boolean => from !== '' && !from.includes('=');

export function withRename(options: Options, kind: Kind, from: string, to: string | null): Options {
  const others = options[kind].filter(([name]) => name !== from);
  return { ...options, [kind]: to === null ? others : [...others, [from, to]] };
}

export const isYear = (year: number): boolean => Number.isInteger(year) && year >= 1970 && year <= 2199;

type What = { dry_run: '1' } | { expect: string };

/** The fields of the form, but for the file. */
export function fieldsOf(options: Options, what: What): [string, string][] {
  const fields: [string, string | number | null][] = [
    ['mode', options.mode],
    ['on_error', options.skip ? 'skip' : null],
    ['date_order', options.dateOrder],
    ['event_year', options.eventYear],
    ['layout', options.layout],
    ['encoding', options.encoding],
    ['delimiter', options.delimiter === '\t' ? 'tab' : options.delimiter],
    ...options.service.map(([from, to]): [string, string] => ['map_service', `${from}=${to}`]),
    ...options.platform.map(([from, to]): [string, string] => ['map_platform', `${from}=${to}`]),
    ...Object.entries(what),
  ];
  return fields.flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]));
}

/** The options stand before the file, so that one that is wrong is refused at once. */
export function formOf(file: File, options: Options, what: What): FormData {
  const form = new FormData();
  for (const [name, value] of fieldsOf(options, what)) form.append(name, value);
  form.append('file', file);
  return form;
}

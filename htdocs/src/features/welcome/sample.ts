/* The sample year: put in and taken out again like any other file. */
import { apiUrl } from '../../shared/api/base';
import { sendForm } from '../../shared/api/client';
import { refreshAll } from '../../shared/api/query';
import type { Upload, UploadResult } from '../../shared/api/types';

export const SAMPLE_FILE = 'sample-year.csv';

/** The entry that holds the sample, where it is in effect. */
export const sampleEntry = (entries: readonly Upload[]): Upload | undefined =>
  entries.find((entry) => entry.kind === 'upload' && entry.filename === SAMPLE_FILE && entry.in_effect);

export async function loadSample(): Promise<UploadResult> {
  const response = await fetch(apiUrl(SAMPLE_FILE));
  if (!response.ok) throw new Error(`the sample could not be fetched: ${response.status}`);
  const form = new FormData();
  form.append('file', new File([await response.blob()], SAMPLE_FILE, { type: 'text/csv' }));
  const result = await sendForm<UploadResult>('api/upload', form, {}, () => undefined, new AbortController().signal);
  refreshAll();
  return result;
}

/* The sample year: put in and taken out again like any other file. */
import { getFile } from '../../shared/api/client';
import type { Upload, UploadResult } from '../../shared/api/types';
import { upload } from '../../shared/api/upload';

export const SAMPLE_FILE = 'sample-year.csv';

/** The entry that holds the sample, where it is in effect. */
export const sampleEntry = (entries: readonly Upload[]): Upload | undefined =>
  entries.find((entry) => entry.kind === 'upload' && entry.filename === SAMPLE_FILE && entry.in_effect);

export async function loadSample(): Promise<UploadResult> {
  const sample = await getFile(SAMPLE_FILE);
  const form = new FormData();
  form.append('file', new File([sample], SAMPLE_FILE, { type: 'text/csv' }));
  return upload(form, () => undefined, new AbortController().signal);
}

/* Sending a file: what it would do, and doing it. */
import { sendForm, type Progress } from './client';
import { refreshAll } from './query';
import type { UploadPlan, UploadResult } from './types';

type Sending = (form: FormData, progress: (p: Progress) => void, signal: AbortSignal) => Promise<unknown>;

export const planUpload = ((form, progress, signal) => sendForm<UploadPlan>('api/upload', form, {}, progress, signal)) satisfies Sending;

export const upload = (async (form, progress, signal) => {
  const result = await sendForm<UploadResult>('api/upload', form, {}, progress, signal);
  refreshAll();
  return result;
}) satisfies Sending;

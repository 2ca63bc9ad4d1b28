/* The one way to the server. */
import { apiUrl, type Query } from './base';
import { ApiError, errorOfAnswer, offline } from './error';

interface Kept {
  etag: string;
  body: unknown;
}

/** Answers with their ETags, the latest last: a 304 gives the very same object again, so that nothing is drawn anew. */
let kept = new Map<string, Kept>();
const KEPT_MOST = 60;

function keep(own: typeof kept, url: string, answer: Kept): void {
  own.delete(url);
  own.set(url, answer);
  const oldest = own.keys().next();
  if (own.size > KEPT_MOST && !oldest.done) own.delete(oldest.value);
}

/** Another person's answers are not ours, those that are still on their way neither. */
export function forgetAnswers(): void {
  kept = new Map();
}

type RefusalListener = (isWrite: boolean) => void;
const refusalListeners = new Set<RefusalListener>();

/** Told about every 401: a session that ended is noticed wherever it is met. */
export function onRefusal(listener: RefusalListener): () => void {
  refusalListeners.add(listener);
  return () => refusalListeners.delete(listener);
}

type WriteListener = (answer: unknown) => void;
const writeListeners = new Set<WriteListener>();

/** Told the answer of every write that was done, whoever sent it. */
export function onWrite(listener: WriteListener): () => void {
  writeListeners.add(listener);
  return () => writeListeners.delete(listener);
}

function written<T>(answer: unknown): T {
  writeListeners.forEach((listener) => listener(answer));
  return answer as T;
}

function fail(error: ApiError, isWrite: boolean): never {
  if (error.status === 401 && error.code !== 'wrong_pin') refusalListeners.forEach((listener) => listener(isWrite));
  throw error;
}

async function bodyOf(response: Response): Promise<unknown> {
  if (!response.headers.get('Content-Type')?.startsWith('application/json')) return null;
  return response.json().catch(() => null);
}

async function fetchOrFail(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: 'same-origin', cache: 'no-store', ...init });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    return fail(offline(), false);
  }
}

/** background: nobody asked for it, so that it does not keep a session alive. */
export async function getUrl<T>(url: string, signal?: AbortSignal, background = false): Promise<T> {
  const own = kept, had = own.get(url);
  const headers: HeadersInit = { Accept: 'application/json', ...(had && { 'If-None-Match': had.etag }), ...(background && { 'StreamPulse-Background': '1' }) };
  const response = await fetchOrFail(url, signal ? { headers, signal } : { headers });
  if (response.status === 304 && had) return had.body as T;
  const body = await bodyOf(response);
  if (!response.ok || body === null) return fail(errorOfAnswer(response.status, response.headers.get('Retry-After'), body), false);
  const etag = response.headers.get('ETag');
  if (etag) keep(own, url, { etag, body });
  return body as T;
}

/** A file that the page comes with. */
export async function getFile(path: string): Promise<Blob> {
  const response = await fetchOrFail(apiUrl(path), {});
  if (!response.ok) return fail(errorOfAnswer(response.status, null, null), false);
  return response.blob();
}

/** Whatever it answers. */
export const isServerThere = (): Promise<boolean> =>
  fetchOrFail(apiUrl(''), { method: 'HEAD' }).then(
    () => true,
    () => false,
  );

export type Method = 'POST' | 'PATCH' | 'DELETE';

export async function send<T>(method: Method, path: string, json?: unknown, query?: Query): Promise<T> {
  const init: RequestInit = { method, headers: { Accept: 'application/json', ...(json === undefined ? {} : { 'Content-Type': 'application/json' }) } };
  if (json !== undefined) init.body = JSON.stringify(json);
  const response = await fetchOrFail(apiUrl(path, query), init);
  const body = await bodyOf(response);
  if (!response.ok) return fail(errorOfAnswer(response.status, response.headers.get('Retry-After'), body), true);
  return written<T>(body);
}

export interface Progress {
  sent: number;
  total: number;
}

/** fetch cannot tell how far a transfer is. progress: of the transfer; after its end the server is at work. */
export function sendForm<T>(path: string, form: FormData, query: Query, progress: (p: Progress) => void, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    const refuse = (error: ApiError) => {
      try {
        fail(error, true);
      } catch (told) {
        reject(told);
      }
    };
    request.open('POST', apiUrl(path, query));
    request.responseType = 'text';
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = (event) => progress({ sent: event.loaded, total: event.total });
    request.onerror = () => refuse(offline());
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    request.onload = () => {
      let body: unknown = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        /* Not ours, and told so below. */
      }
      if (request.status >= 200 && request.status < 300 && body !== null) resolve(written<T>(body));
      else refuse(errorOfAnswer(request.status, request.getResponseHeader('Retry-After'), body));
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}

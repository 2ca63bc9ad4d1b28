/* What can go wrong between the page and the server. */
import type { Detail, ErrorBody, ErrorCode, Plan } from './types';

/** Beside the contract's codes: no connection, and an answer that is not ours (a proxy's page, say). */
export type FailureCode = ErrorCode | 'offline' | 'not_ours' | 'rate_limited';

export class ApiError extends Error {
  constructor(
    readonly code: FailureCode,
    readonly status: number,
    message: string,
    readonly details: Detail[] = [],
    readonly detailsTotal: number = details.length,
    readonly requestId: string | null = null,
    /** Seconds. */
    readonly retryAfter: number | null = null,
    /** What the server would do now, where it refused because that changed. */
    readonly plan: Plan | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** Worth trying again without anybody doing anything. */
  get isPassing(): boolean {
    return this.code === 'offline' || this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  /** The server is there, and says no: asking again changes nothing. */
  get isFinal(): boolean {
    return this.status >= 400 && this.status < 500 && !this.isPassing;
  }
}

function isErrorBody(body: unknown): body is ErrorBody & { plan?: Plan } {
  return typeof body === 'object' && body !== null && 'error' in body && 'code' in body;
}

export function errorOfAnswer(status: number, retryAfter: string | null, body: unknown): ApiError {
  const seconds = retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null;
  if (!isErrorBody(body)) return new ApiError('not_ours', status, `the server answered ${status}`, [], 0, null, seconds);
  return new ApiError(body.code, status, body.error, body.details, body.details_total ?? body.details.length, body.request_id, seconds, body.plan ?? null);
}

export const offline = (): ApiError => new ApiError('offline', 0, 'the server cannot be reached');

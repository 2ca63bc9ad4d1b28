/* What administrators ask for and do: people, sessions, tokens, the audit log. */
import { apiUrl } from './base';
import { send } from './client';
import { refreshAll, useQuery } from './query';
import type { Audit, People, Session, TokenMade, TokenNew, Tokens } from './types';

export const usePeople = () => useQuery<People>(apiUrl('api/people'));
export const useTokens = () => useQuery<Tokens>(apiUrl('api/tokens'));

export interface AuditFilter {
  actor?: string | null;
  action?: string | null;
  from?: string | null;
  to?: string | null;
}

export const useAudit = (filter: AuditFilter, before: string | null) => useQuery<Audit>(apiUrl('api/audit', { ...filter, before }));
export const auditFile = (filter: AuditFilter) => apiUrl('api/audit', { ...filter, format: 'csv' });

/** What it changed is not in the ledger, so that no revision tells it. */
const changing = <T,>(method: 'POST' | 'DELETE', path: string, json?: unknown): Promise<T> => send<T>(method, `api/${path}`, json).finally(refreshAll);

export const makeToken = (token: TokenNew) => changing<TokenMade>('POST', 'tokens', token);
export const revokeToken = (id: number) => changing<unknown>('DELETE', `tokens/${id}`);
export const endSession = ({ id }: Session) => changing<unknown>('DELETE', `sessions/${id}`);

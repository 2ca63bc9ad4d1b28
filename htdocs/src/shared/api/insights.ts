/* Insights: the latest or an earlier one, what is on its way, and asking for one. */
import { useEffect } from 'react';
import { apiUrl } from './base';
import { getUrl, send } from './client';
import { giveAnswer, refreshAll, useQuery } from './query';
import type { Insight, InsightHistory, InsightStatus } from './types';

const STATUS = apiUrl('api/insights/status');

export const useInsightStatus = () => useQuery<InsightStatus>(STATUS);
/** id null: the latest. */
export const useInsight = (id: string | null) => useQuery<{ insight: Insight | null }>(apiUrl(`api/insights${id ? `/${encodeURIComponent(id)}` : ''}`));
export const useInsightHistory = (before: string | null) => useQuery<InsightHistory>(apiUrl('api/insights/history', { before, limit: 10 }));
export const generateInsight = () => send<unknown>('POST', 'api/insights/generate').finally(refreshAll);

/** Asks what is on its way for as long as it is shown, and for everything again when something else is. A page that only waits keeps no session alive. */
export function useInsightWatch(everyMs: number): void {
  useEffect(() => {
    let last: string | undefined;
    const ask = async () => {
      if (document.hidden) return;
      const now = await getUrl<InsightStatus>(STATUS, undefined, true), seen = JSON.stringify(now.job);
      giveAnswer(STATUS, now);
      if (last !== undefined && last !== seen) refreshAll();
      last = seen;
    };
    const timer = window.setInterval(() => void ask().catch(() => undefined), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
}

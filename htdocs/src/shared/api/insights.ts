/* Insights: the latest or an earlier one, what is on its way, and asking for one. */
import { useEffect } from 'react';
import { apiUrl } from './base';
import { getUrl, send } from './client';
import { giveAnswer, refreshAll, stateOf, useQuery } from './query';
import type { Insight, InsightHistory, InsightStatus } from './types';

const STATUS = apiUrl('api/insights/status'), LATEST = apiUrl('api/insights');

export const useInsightStatus = () => useQuery<InsightStatus>(STATUS);
/** id null: the latest. */
export const useInsight = (id: string | null) => useQuery<{ insight: Insight | null }>(id ? `${LATEST}/${encodeURIComponent(id)}` : LATEST);
const historyUrl = (before: string | null) => apiUrl('api/insights/history', { before, limit: 10 });
export const useInsightHistory = (before: string | null) => useQuery<InsightHistory>(historyUrl(before));
export const generateInsight = () => send<unknown>('POST', 'api/insights/generate').finally(refreshAll);

/** Whether it is another answer than the one before. A page that only waits keeps no session alive. */
async function isNew(url: string): Promise<boolean> {
  const before = stateOf(url).data, now = await getUrl(url, undefined, true);
  giveAnswer(url, now);
  return !!before && before !== now;
}

/** Both were asked for at once, and the latest was written between the two answers. */
function isListBehind(): boolean {
  const list = stateOf(historyUrl(null)).data as InsightHistory | undefined, latest = stateOf(LATEST).data as { insight: Insight | null } | undefined;
  return !!list && !!latest?.insight && latest.insight.id > (list.insights[0]?.id ?? 0);
}

/** Asks for as long as it is shown, as no revision of the numbers tells of an insight: what is on its way, and when the latest is another or was held against the numbers, for everything again. */
export function useInsightWatch(everyMs: number): void {
  useEffect(() => {
    const ask = async () => {
      if (document.hidden) return;
      await isNew(STATUS);
      if ((await isNew(LATEST)) || isListBehind()) refreshAll();
    };
    const timer = window.setInterval(() => void ask().catch(() => undefined), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
}

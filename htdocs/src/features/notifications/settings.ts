/* What this browser's user wants to be told, and has seen. */
import { setting } from '../../shared/store/setting';

export const THRESHOLDS = [0.1, 0.25, 0.5, 1] as const;
export const threshold = setting<number>('notices.threshold', 0.25, (value) => THRESHOLDS.some((one) => one === value));

const SEEN_MOST = 500;
const seen = setting<readonly string[]>('notices.seen', [], (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'));

export const useSeen = seen.use;
export const markSeen = (keys: readonly string[]) => seen.set([...new Set([...seen.get(), ...keys])].slice(-SEEN_MOST));

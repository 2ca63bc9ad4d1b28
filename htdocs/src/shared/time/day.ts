/* Days of the calendar, "2025-01-31": without a time, and so without a time zone. */
import type { Day } from '../api/types';

const DAY_MS = 86_400_000;

export const toNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
export const fromNumber = (n: number): Day => new Date(n * DAY_MS).toISOString().slice(0, 10);
export const addDays = (day: Day, days: number): Day => fromNumber(toNumber(day) + days);
export const daysBetween = (from: Day, to: Day): number => toNumber(to) - toNumber(from);
export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(toNumber(text)) && fromNumber(toNumber(text)) === text;

/** Today where the viewer is. */
export function today(now: Date = new Date()): Day {
  return fromNumber(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY_MS);
}

export const yearOf = (day: Day): number => Number(day.slice(0, 4));
export const monthOf = (day: Day): string => day.slice(0, 7);
export const quarterOf = (day: Day): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
export const startOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01`;
export const startOfYear = (day: Day): Day => `${day.slice(0, 4)}-01-01`;

/** The same day so many months later, or the month's last where it has no such day. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return fromNumber(Date.UTC(year, month - 1 + months, Math.min(date, last)) / DAY_MS);
}

export function startOfQuarter(day: Day): Day {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
}

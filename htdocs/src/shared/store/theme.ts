/* Light, dark, or what the system says. */
import { useSyncExternalStore } from 'react';
import { setting } from './setting';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const theme = setting<Theme>('theme', 'system', (value) => THEMES.includes(value as Theme));
const dark = window.matchMedia('(prefers-color-scheme: dark)');

const root = document.documentElement;
const listeners = new Set<() => void>();

function show(name: 'light' | 'dark'): void {
  root.dataset.theme = name;
  listeners.forEach((listener) => listener());
}

function apply(): void {
  const chosen = theme.get();
  show(chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen);
}

export function setTheme(chosen: Theme): void {
  theme.set(chosen);
  apply();
}

export function startTheme(): void {
  apply();
  dark.addEventListener('change', apply);
  /* Paper is white. */
  window.addEventListener('beforeprint', () => show('light'));
  window.addEventListener('afterprint', apply);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What the page is now, for what is coloured by more than a token. */
export const useDark = (): boolean => useSyncExternalStore(subscribe, () => root.dataset.theme === 'dark');

/* Light, dark, or what the system says. */
import { setting } from './setting';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const theme = setting<Theme>('theme', 'system', (value) => THEMES.includes(value as Theme));
const dark = window.matchMedia('(prefers-color-scheme: dark)');

function apply(): void {
  const chosen = theme.get();
  document.documentElement.dataset.theme = chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen;
}

export function setTheme(chosen: Theme): void {
  theme.set(chosen);
  apply();
}

export function startTheme(): void {
  apply();
  dark.addEventListener('change', apply);
}

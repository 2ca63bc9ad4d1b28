/* The keyboard's shortcuts: what there is, whether they are on, whether their list is open. */
import { texts } from '../i18n/texts';
import { setting } from './setting';
import { createValue } from './store';

const t = texts({
  overview: 'Overview',
  trends: 'Trends',
  weekly: 'Weekly comparison',
  services: 'All services',
  events: 'Special events',
  data: 'Data',
  history: 'History',
  insights: 'Insights',
  upload: 'Upload a file',
  entry: 'Enter numbers by hand',
  search: 'Search, where there is something to search',
  theme: 'Light or dark',
  list: 'This list',
  close: 'Close what is open',
});

export interface Shortcut {
  /** Pressed one after the other. */
  keys: readonly string[];
  text: string;
  /** The view that it leads to. */
  view?: string;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['g', 'o'], text: t('overview'), view: '' },
  { keys: ['g', 't'], text: t('trends'), view: 'trends' },
  { keys: ['g', 'w'], text: t('weekly'), view: 'weekly' },
  { keys: ['g', 's'], text: t('services'), view: 'services' },
  { keys: ['g', 'e'], text: t('events'), view: 'events' },
  { keys: ['g', 'd'], text: t('data'), view: 'data' },
  { keys: ['g', 'h'], text: t('history'), view: 'history' },
  { keys: ['g', 'i'], text: t('insights'), view: 'insights' },
  { keys: ['u'], text: t('upload'), view: 'upload' },
  { keys: ['n'], text: t('entry'), view: 'entry' },
  { keys: ['/'], text: t('search') },
  { keys: ['t'], text: t('theme') },
  { keys: ['?'], text: t('list') },
  { keys: ['Esc'], text: t('close') },
];

/** Single letters get in the way of speech input: they can be switched off (WCAG 2.1.4). */
export const shortcutsOn = setting<boolean>('shortcuts', true, (value) => typeof value === 'boolean');

const open = createValue(false);
export const openShortcuts = () => open.dispatch(true);
export const closeShortcuts = () => open.dispatch(false);
export const useShortcutsOpen = open.use;

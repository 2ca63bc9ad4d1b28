/* The table of views: address, title, what it needs, which filters act on it. */
import type { ComponentType, LazyExoticComponent } from 'react';
import type { Can } from '../shared/api/types';
import type { IconName } from '../shared/ui/Icon';
import { texts } from '../shared/i18n/texts';
import { SERVICES_INTERVAL, type ViewFilters } from '../shared/url/filters';
import { part } from './parts';

export const t = texts({
  overview: 'Overview',
  trends: 'Trends',
  weekly: 'Weekly comparison',
  services: 'All services',
  events: 'Special events',
  data: 'Data',
  history: 'History',
  insights: 'Insights',
  upload: 'Upload',
  entry: 'Manual entry',
  manage: 'Manage',
  admin: 'Administration',
  help: 'Help',
  signin: 'Sign in',
});

export interface View {
  /** The segment of the address; '' is the overview. */
  path: string;
  id: Parameters<typeof t>[0];
  icon: IconName;
  /** Its place: among what is looked at, what is done, or elsewhere. */
  group: 'look' | 'do' | 'other';
  needs: Can | null;
  filters: ViewFilters;
  Component: LazyExoticComponent<ComponentType>;
}

export const VIEWS: readonly View[] = [
  { path: '', id: 'overview', icon: 'overview', group: 'look', needs: 'view', filters: { service: 'one', platform: true, range: true, interval: 'week', asOf: true }, Component: part(() => import('../features/overview/OverviewView'), 'OverviewView') },
  { path: 'trends', id: 'trends', icon: 'trends', group: 'look', needs: 'view', filters: { service: 'one', platform: true, range: true, interval: 'week', asOf: true }, Component: part(() => import('../features/trends/TrendsView'), 'TrendsView') },
  { path: 'weekly', id: 'weekly', icon: 'weekly', group: 'look', needs: 'view', filters: { service: 'one', platform: true, range: true, asOf: true }, Component: part(() => import('../features/weekly/WeeklyView'), 'WeeklyView') },
  { path: 'services', id: 'services', icon: 'services', group: 'look', needs: 'view', filters: { service: 'many', platform: true, range: true, interval: SERVICES_INTERVAL, asOf: true }, Component: part(() => import('../features/services/ServicesView'), 'ServicesView') },
  { path: 'events', id: 'events', icon: 'events', group: 'look', needs: 'view', filters: { platform: true, range: true, search: true, asOf: true }, Component: part(() => import('../features/events/EventsView'), 'EventsView') },
  { path: 'data', id: 'data', icon: 'data', group: 'look', needs: 'view', filters: { service: 'many', platform: true, range: true, search: true, asOf: true }, Component: part(() => import('../features/data/DataView'), 'DataView') },
  { path: 'history', id: 'history', icon: 'history', group: 'look', needs: 'view', filters: { search: true }, Component: part(() => import('../features/history/HistoryView'), 'HistoryView') },
  { path: 'insights', id: 'insights', icon: 'insights', group: 'look', needs: 'view', filters: {}, Component: part(() => import('../features/insights/InsightsView'), 'InsightsView') },
  { path: 'upload', id: 'upload', icon: 'upload', group: 'do', needs: 'upload', filters: {}, Component: part(() => import('../features/upload/UploadView'), 'UploadView') },
  { path: 'entry', id: 'entry', icon: 'entry', group: 'do', needs: 'edit', filters: {}, Component: part(() => import('../features/entry/EntryView'), 'EntryView') },
  { path: 'manage', id: 'manage', icon: 'manage', group: 'do', needs: 'edit', filters: {}, Component: part(() => import('../features/manage/ManageView'), 'ManageView') },
  { path: 'admin', id: 'admin', icon: 'person', group: 'do', needs: 'administer', filters: {}, Component: part(() => import('../features/admin/AdminView'), 'AdminView') },
  { path: 'help', id: 'help', icon: 'help', group: 'other', needs: null, filters: {}, Component: part(() => import('../features/help/HelpView'), 'HelpView') },
  { path: 'signin', id: 'signin', icon: 'person', group: 'other', needs: null, filters: {}, Component: part(() => import('../features/session/SignInView'), 'SignInView') },
];

/** The overview has an address of its own as well. */
export const viewOf = (path: string): View | undefined => VIEWS.find((one) => one.path === path) ?? VIEWS.find((one) => one.id === path);

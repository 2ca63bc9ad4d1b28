/* The page's pictograms: 16 units, drawn in the colour of the text, never the only bearer of a meaning. */
const PATHS = {
  overview: 'M2 13V9m4 4V5m4 8V7m4 6V3',
  trends: 'M2 11l4-4 3 3 5-6',
  weekly: 'M2 4h12v10H2zM2 7h12M5 2v3m6-3v3',
  services: 'M2 4h7M2 8h12M2 12h9',
  events: 'M8 2l1.8 3.7 4.2.6-3 2.9.7 4.1L8 11.4l-3.7 1.9.7-4.1-3-2.9 4.2-.6z',
  data: 'M2 3h12v10H2zM2 6.5h12M2 10h12M6.5 3v10',
  history: 'M3 3v3.5h3.5M3.2 6.2A5.5 5.5 0 1 1 2.6 9M8 5v3.3l2.2 1.3',
  insights: 'M6 13h4M6.5 15h3M8 1.5a4.5 4.5 0 0 1 2.6 8.2c-.4.3-.6.8-.6 1.3H6c0-.5-.2-1-.6-1.3A4.5 4.5 0 0 1 8 1.5z',
  upload: 'M8 11V3M4.5 6L8 2.5 11.5 6M2.5 13.5h11',
  download: 'M8 2.5v8M4.5 7.5L8 11l3.5-3.5M2.5 13.5h11',
  entry: 'M3 13h3l7-7-3-3-7 7zM9 4l3 3',
  manage: 'M2 5h6m4 0h2M2 11h2m4 0h6M8 3v4m-4 2v4',
  help: 'M6 6a2 2 0 1 1 2.6 1.9c-.4.2-.6.5-.6 1v.6M8 12v.2M14.5 8a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0z',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1 1.5H3zM6.7 14.2a1.5 1.5 0 0 0 2.6 0',
  person: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.5 14c.6-2.6 2.8-4 5.5-4s4.9 1.4 5.5 4',
  close: 'M3.5 3.5l9 9m0-9l-9 9',
  menu: 'M2 4h12M2 8h12M2 12h12',
  check: 'M2.5 8.5l3.5 3.5 7.5-8',
  warn: 'M8 2l6.5 11.5h-13zM8 6.5v3M8 11.5v.3',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3L14 14',
  print: 'M4 6V2h8v4M4 12H2V6h12v6h-2M4 9.5h8V14H4z',
  undo: 'M3 6h6.5a3.5 3.5 0 0 1 0 7H6M3 6l3-3M3 6l3 3',
  chevron: 'M4 6l4 4 4-4',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1v1.5m0 11V15M1 8h1.5m11 0H15M3 3l1 1m8 8l1 1M13 3l-1 1M4 12l-1 1',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

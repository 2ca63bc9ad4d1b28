/* What happened, in a sentence: who did what. */
import type { Upload } from '../api/types';
import { exact } from '../format/number';
import { texts } from '../i18n/texts';

const t = texts({
  somebody: 'Somebody',
  upload: '{who} uploaded {file}',
  uploadNameless: '{who} uploaded a file',
  entry: '{who} entered numbers',
  edit: '{who} edited names, colours or events',
  delete: '{who} deleted numbers',
  undo: '{who} took back entry {target}',
  counts: '{what}: {counts}.',
  plain: '{what}.',
  added: '{n} added',
  changed: '{n} changed',
  cleared: '{n} cleared',
  more: { one: 'And one more change.', other: 'And {n} more changes.' },
});

function what(entry: Upload): string {
  const who = entry.actor ?? t('somebody');
  if (entry.kind === 'upload') return entry.filename ? t('upload', { who, file: entry.filename }) : t('uploadNameless', { who });
  return t(entry.kind, { who, target: entry.undoes ?? 0 });
}

export function sayEntry(entry: Upload): string {
  const counts = (['added', 'changed', 'cleared'] as const).filter((name) => entry[name] > 0).map((name) => t(name, { n: exact(entry[name]) }));
  return counts.length > 0 ? t('counts', { what: what(entry), counts: counts.join(', ') }) : t('plain', { what: what(entry) });
}

/** The newest of what came since, without one's own; undefined: nothing to say. */
export function sayNews(entries: readonly Upload[], since: number, own: ReadonlySet<number>): string | undefined {
  const news = entries.filter((entry) => entry.id > since && !own.has(entry.id));
  if (!news[0]) return undefined;
  return news.length > 1 ? `${sayEntry(news[0])} ${t('more', { n: news.length - 1 })}` : sayEntry(news[0]);
}

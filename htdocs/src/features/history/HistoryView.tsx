/* The ledger: every change, who made it, and the way back. */
import { useMemo, useState } from 'react';
import { useUpload, useUploads } from '../../shared/api/hooks';
import type { Upload } from '../../shared/api/types';
import { sayEntry } from '../../shared/ledger/said';
import { texts } from '../../shared/i18n/texts';
import { useFilters } from '../../shared/url/filters';
import { useLocation } from '../../shared/url/location';
import { Pages } from '../../shared/ui/Pages';
import { Panel } from '../../shared/ui/Panel';
import { Answer, Empty } from '../../shared/ui/States';
import { EntryLine } from './EntryLine';
import { UndoDialog } from './UndoDialog';
import styles from './history.module.css';

const t = texts({
  title: 'Every change',
  note: 'The newest first. Nothing is ever lost: what was taken back can be put in again.',
  empty: 'Nothing has been changed yet',
  none: 'No entry on this page fits “{q}”',
  linked: 'Entry {id}, from further back',
});

const PAGE = 50;
const numberOf = (text: string | null): number | undefined => (text && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : undefined);

function fits(entry: Upload, search: string): boolean {
  const text = `${entry.id} ${sayEntry(entry)} ${entry.at}`.toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** An entry that a link names, and that is not on the page. */
function Linked({ id, onUndo }: { id: number; onUndo: (entry: Upload) => void }) {
  return (
    <Panel title={t('linked', { id })}>
      <Answer answer={useUpload(id)} skeleton="tiles">
        {(detail) => (
          <ol className={styles.list}>
            <EntryLine entry={detail.upload} open onUndo={onUndo} />
          </ol>
        )}
      </Answer>
    </Panel>
  );
}

function Entries({ entries, open, onUndo }: { entries: readonly Upload[]; open: number | undefined; onUndo: (entry: Upload) => void }) {
  const { search } = useFilters();
  const found = useMemo(() => entries.filter((entry) => fits(entry, search)), [entries, search]);
  if (entries.length === 0) return <Empty title={t('empty')} />;
  if (found.length === 0) return <Empty title={t('none', { q: search })} />;
  return (
    <ol className={styles.list}>
      {found.map((entry) => (
        <EntryLine key={entry.id} entry={entry} open={entry.id === open} onUndo={onUndo} />
      ))}
    </ol>
  );
}

export function HistoryView() {
  const { params } = useLocation();
  const before = numberOf(params.get('before')), open = numberOf(params.get('entry'));
  const answer = useUploads(before, PAGE);
  const [undoing, setUndoing] = useState<Upload | null>(null);
  const isElsewhere = open !== undefined && answer.data && !answer.data.uploads.some((entry) => entry.id === open);
  return (
    <>
      {isElsewhere && <Linked id={open} onUndo={setUndoing} />}
      <Panel title={t('title')} note={t('note')}>
        <Answer answer={answer} skeleton="table">
          {(page) => (
            <>
              <Entries entries={page.uploads} open={open} onUndo={setUndoing} />
              <Pages before={before} next={page.next} />
            </>
          )}
        </Answer>
      </Panel>
      {undoing && <UndoDialog entry={undoing} onClose={() => setUndoing(null)} />}
    </>
  );
}

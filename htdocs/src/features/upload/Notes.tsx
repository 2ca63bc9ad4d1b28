/* Remarks of one sort together; the long ones folded. */
import type { ReactNode } from 'react';
import type { Note } from '../../shared/api/types';
import { sentence } from './planning';
import { counted, t } from './texts';
import styles from './reading.module.css';

const SHOWN = 3, SHOWN_MOST = 100;

export function NoteList({ notes, after }: { notes: readonly Note[]; after?: (note: Note) => ReactNode }) {
  const item = (note: Note, i: number) => (
    <li key={i}>
      <p>{sentence(note.message)}</p>
      {after?.(note)}
    </li>
  );
  const folded = notes.slice(SHOWN, SHOWN_MOST), left = notes.length - SHOWN_MOST;
  return (
    <>
      <ul className={styles.notes}>{notes.slice(0, SHOWN).map(item)}</ul>
      {folded.length > 0 && (
        <details>
          <summary>{t('more', counted(notes.length - SHOWN))}</summary>
          <ul className={styles.notes}>
            {folded.map(item)}
            {left > 0 && <li>{t('more', counted(left))}</li>}
          </ul>
        </details>
      )}
    </>
  );
}

/* What was stored, with the way to look at it and the way back. */
import { useState } from 'react';
import { undo } from '../../shared/api/hooks';
import type { UploadResult } from '../../shared/api/types';
import { reasonOf } from '../../shared/store/tell';
import { Link } from '../../shared/url/Link';
import { Button } from '../../shared/ui/Button';
import { Icon } from '../../shared/ui/Icon';
import { Note } from '../../shared/ui/Note';
import { Panel } from '../../shared/ui/Panel';
import { summary } from './CommitBar';
import { FileButton } from './ChooseFile';
import { NoteList } from './Notes';
import { ProblemList } from './Problems';
import { counted, t } from './texts';
import { Touched } from './Touched';
import styles from './upload.module.css';

type Stored = NonNullable<UploadResult['upload']>;

function useUndo(entry: number) {
  const [last, setLast] = useState({ entry, isUndone: false });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const turn = () => {
    setBusy(true);
    setProblem(undefined);
    undo(last.entry)
      .then((done) => setLast({ entry: done.upload.id, isUndone: !last.isUndone }))
      .catch((cause: unknown) => setProblem(reasonOf(cause)))
      .finally(() => setBusy(false));
  };
  return { isUndone: last.isUndone, busy, problem, turn };
}

function StoredNote({ upload, isUndone, busy, turn }: { upload: Stored } & ReturnType<typeof useUndo>) {
  return (
    <Note
      kind={isUndone ? 'info' : 'good'}
      title={isUndone ? t('undone') : t('done')}
      live
      actions={
        /* The second click of a double one would take it back again. */
        <Button busy={busy} icon={<Icon name="undo" />} onClick={(event) => event.detail < 2 && turn()}>
          {isUndone ? t('redo') : t('undo')}
        </Button>
      }
    >
      {!isUndone && <p>{t('doneText', { name: upload.filename ?? '', summary: summary(upload) })}</p>}
    </Note>
  );
}

function Links({ upload, result }: { upload: Stored; result: UploadResult }) {
  return (
    <Panel title={t('look')}>
      <ul className={styles.links}>
        {result.services.map((service) => (
          <li key={service.id}>
            <Link view="" params={{ service: service.id }}>
              {service.name}
            </Link>
          </li>
        ))}
        {result.events.length > 0 && (
          <li>
            <Link view="events">{t('seeEvents')}</Link>
          </li>
        )}
        <li>
          <Link view="history" params={{ entry: String(upload.id) }}>{t('seeHistory')}</Link>
        </li>
      </ul>
    </Panel>
  );
}

function Quality({ result }: { result: UploadResult }) {
  if (result.quality.length === 0) return null;
  return (
    <Panel title={t('quality')} note={t('qualityNote')}>
      <NoteList notes={result.quality} />
      {result.quality_left > 0 && <p>{t('qualityLeft', counted(result.quality_left))}</p>}
    </Panel>
  );
}

function Skipped({ result, file }: { result: UploadResult; file: File }) {
  if (result.problems.length === 0) return null;
  return (
    <Panel title={t('skipped', counted(result.skipped))}>
      <ProblemList problems={result.problems} file={file} encoding={result.encoding} delimiter={result.delimiter} />
    </Panel>
  );
}

function DoneUpload({ upload, result, file }: { upload: Stored; result: UploadResult; file: File }) {
  const undoing = useUndo(upload.id);
  return (
    <>
      <StoredNote upload={upload} {...undoing} />
      {undoing.problem && <Note kind="bad" title={t('undoFailed', { why: undoing.problem })} live />}
      {!undoing.isUndone && <Links upload={upload} result={result} />}
      <Skipped result={result} file={file} />
      <Quality result={result} />
      <Touched services={result.services} events={result.events} />
    </>
  );
}

export function Done({ result, file }: { result: UploadResult; file: File }) {
  return (
    <>
      {result.upload ? (
        <DoneUpload upload={result.upload} result={result} file={file} />
      ) : (
        <Note kind="good" title={t('doneNothing')} live>
          <p>{t('doneNothingText')}</p>
        </Note>
      )}
      <div>
        <FileButton primary label={t('another')} />
      </div>
    </>
  );
}

/* Bringing a file: chosen, looked at, corrected, stored. */
import { useEffect, useRef } from 'react';
import { useMe } from '../../shared/api/hooks';
import { ApiError } from '../../shared/api/error';
import { LOCALES } from '../../shared/format/locale';
import { Panel } from '../../shared/ui/Panel';
import { ChooseFile, FileButton, useDrop } from './ChooseFile';
import { summary } from './CommitBar';
import { Done } from './Done';
import { formatSize, shownName } from './file';
import { isAtWork, isNothing, type Flow } from './flow';
import { Preview } from './Preview';
import { FileRefused, Unread } from './Refused';
import { counted, t } from './texts';
import { choose, ownedBy, useFlow } from './uploading';
import { Working } from './Working';
import styles from './upload.module.css';

/** For those who hear the page. */
function announcement({ phase, preview }: Flow): string {
  if (phase === 'sending') return t('sending');
  if (phase !== 'preview' || !preview) return '';
  const { plan } = preview;
  if (plan.digest === null) return t('problems', counted(plan.problems.length));
  return `${t('previewReady')} ${isNothing(plan) ? t('nothing') : summary(plan)}`;
}

function FileName({ file, isFixed }: { file: File; isFixed: boolean }) {
  return (
    <div className={styles.file}>
      <p>{t('bytes', { name: shownName(file), size: formatSize(file.size, LOCALES) })}</p>
      {!isFixed && <FileButton label={t('chooseOther')} />}
    </div>
  );
}

function Step({ flow, over }: { flow: Flow; over: boolean }) {
  const { file, preview, problem, result, phase } = flow;
  if (!file) {
    return (
      <>
        {problem && !(problem instanceof ApiError) && <FileRefused problem={problem} />}
        <ChooseFile over={over} />
      </>
    );
  }
  if (phase === 'done' && result) return <Done result={result} file={file} />;
  if (preview) return <Preview flow={flow} shown={preview} file={file} />;
  if (isAtWork(flow)) {
    return (
      <Panel title={shownName(file)}>
        <Working flow={flow} />
      </Panel>
    );
  }
  if (problem instanceof ApiError) return <Unread flow={flow} error={problem} file={file} />;
  return problem && <FileRefused problem={problem} />;
}

/** What the pressed button was in is gone at the next step: the focus goes to the step. */
function useFocusOfStep(step: string) {
  const place = useRef<HTMLDivElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current && !place.current?.contains(document.activeElement)) place.current?.focus({ preventScroll: true });
    first.current = false;
  }, [step]);
  return place;
}

const stepOf = ({ phase, preview }: Flow) => (phase === 'done' || phase === 'choose' ? phase : preview ? 'preview' : 'first');
const take = (files: readonly File[]) => void choose(files);

export function UploadView() {
  const flow = useFlow(), over = useDrop(take);
  const me = useMe().data;
  useEffect(() => {
    if (me) ownedBy(me);
  }, [me]);
  const place = useFocusOfStep(stepOf(flow));
  const busy = isAtWork(flow);
  return (
    <div ref={place} tabIndex={-1} className={styles.view}>
      <p role="status" className="visually-hidden">
        {announcement(flow)}
      </p>
      {flow.file && flow.phase !== 'done' && <FileName file={flow.file} isFixed={busy && flow.purpose === 'commit'} />}
      <Step flow={flow} over={over} />
    </div>
  );
}

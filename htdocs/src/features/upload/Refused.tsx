/* Why it did not go on, and what can be done. */
import { useEffect, useState } from 'react';
import { ApiError } from '../../shared/api/error';
import { Button } from '../../shared/ui/Button';
import { Note } from '../../shared/ui/Note';
import { Panel } from '../../shared/ui/Panel';
import { DateOrder } from './DateOrder';
import type { FileProblem, Flow } from './flow';
import { sentence } from './planning';
import { ProblemList } from './Problems';
import { ReadingChoices } from './Reading';
import { t } from './texts';
import { reset, tryAgain } from './uploading';

export function FileRefused({ problem }: { problem: FileProblem }) {
  return (
    <Note kind="warn" title={t(problem)} live>
      <p>{t(`${problem}Text`)}</p>
    </Note>
  );
}

function titleOf(error: ApiError): string {
  if (error.code === 'offline') return t('offline');
  if (error.isPassing) return t('busy');
  switch (error.status) {
    case 401:
      return t('signIn');
    case 403:
      return t('forbidden');
    case 413:
      return t('tooLarge');
    case 415:
      return t('noCsv');
    case 422:
      return t('unread');
    default:
      return t('failed');
  }
}

function textOf(error: ApiError): string {
  if (error.code === 'offline') return t('offlineText');
  return error.status === 401 ? t('signInText') : sentence(error.message);
}

/** Counts the seconds down that the server asked for. */
function useWait(error: ApiError): number {
  const [left, setLeft] = useState(error.retryAfter ?? 0);
  useEffect(() => {
    setLeft(error.retryAfter ?? 0);
    const timer = window.setInterval(() => setLeft((before) => Math.max(0, before - 1)), 1000);
    return () => window.clearInterval(timer);
  }, [error]);
  return left;
}

export function ErrorNote({ error, isAlone }: { error: ApiError; isAlone: boolean }) {
  const left = useWait(error);
  const actions = isAlone && (
    <>
      <Button onClick={reset}>{t('startOver')}</Button>
      <Button onClick={tryAgain}>{t('again')}</Button>
    </>
  );
  return (
    <>
      <Note kind={error.isPassing ? 'warn' : 'bad'} title={titleOf(error)} live actions={actions}>
        <p>{textOf(error)}</p>
        {error.requestId && error.status >= 500 && <p>{t('reference', { id: error.requestId })}</p>}
      </Note>
      {left > 0 && <p>{t('wait', { n: left })}</p>}
    </>
  );
}

/** A file that could not be read far enough for a plan. */
export function Unread({ flow, error, file }: { flow: Flow; error: ApiError; file: File }) {
  const { options } = flow, encoding = options.encoding ?? 'utf-8';
  const placed = error.details.filter((detail) => detail.line);
  return (
    <>
      <ErrorNote error={error} isAlone />
      {error.code === 'csv_date_order' && <DateOrder file={file} encoding={encoding} found={error.details[0]?.found ?? ''} options={options} />}
      {error.status === 422 && placed.length > 0 && (
        <Panel title={t('excerpt')}>
          <ProblemList problems={placed} file={file} encoding={encoding} delimiter={options.delimiter ?? ','} />
        </Panel>
      )}
      {error.status === 422 && (
        <Panel title={t('howRefused')}>
          <ReadingChoices plan={null} options={options} />
        </Panel>
      )}
    </>
  );
}

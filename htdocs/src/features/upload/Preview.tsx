/* What a file would do, before it does it. */
import { cx } from '../../shared/ui/cx';
import { Note } from '../../shared/ui/Note';
import { Panel } from '../../shared/ui/Panel';
import { ApiError } from '../../shared/api/error';
import { Changes } from './Changes';
import { CommitBar } from './CommitBar';
import { DateOrder } from './DateOrder';
import { isAtWork, isNothing, type Flow, type Preview as Shown } from './flow';
import { ModeChoice } from './ModeChoice';
import { NewNames } from './NewNames';
import { NoteList } from './Notes';
import { newNames } from './planning';
import { Problems } from './Problems';
import { Reading } from './Reading';
import { ErrorNote, FileRefused } from './Refused';
import { counted, t } from './texts';
import { Touched } from './Touched';
import styles from './upload.module.css';

interface Props {
  flow: Flow;
  shown: Shown;
  file: File;
}

function State({ flow, shown: { plan } }: Props) {
  if (flow.problem instanceof ApiError) return <ErrorNote error={flow.problem} isAlone={false} />;
  if (flow.problem) return <FileRefused problem={flow.problem} />;
  if (flow.isOvertaken) {
    return (
      <Note kind="warn" title={t('overtaken')} live>
        <p>{t('overtakenText')}</p>
      </Note>
    );
  }
  if (!isNothing(plan)) return null;
  return (
    <Note kind="good" title={t('nothing')}>
      <p>{t('nothingText', counted(plan.unchanged))}</p>
    </Note>
  );
}

function FileProblems({ flow, shown: { plan }, file }: Props) {
  const order = plan.problems.find((problem) => problem.code === 'csv_date_order');
  if (order) return <DateOrder file={file} encoding={plan.encoding} found={order.found ?? ''} options={flow.options} />;
  if (plan.problems.length === 0) return null;
  return <Problems problems={plan.problems} total={plan.skipped} options={flow.options} file={file} encoding={plan.encoding} delimiter={plan.delimiter} />;
}

function Warnings({ plan }: { plan: Shown['plan'] }) {
  /* What is left out has a panel of its own. */
  const warnings = plan.warnings.filter((warning) => warning.code !== 'skipped');
  if (warnings.length === 0) return null;
  return (
    <Panel title={t('warnings', counted(warnings.length))}>
      <NoteList notes={warnings} />
    </Panel>
  );
}

export function Preview(props: Props) {
  const { flow, shown } = props, { plan } = shown, busy = isAtWork(flow);
  return (
    <>
      <State {...props} />
      <div className={cx(styles.parts, busy && styles.stale)} aria-busy={busy}>
        <FileProblems {...props} />
        {plan.digest && <Changes plan={plan} />}
        <NewNames names={newNames(plan)} options={flow.options} />
        <Warnings plan={plan} />
        <Reading plan={plan} options={flow.options} busy={busy} />
        {plan.digest && <ModeChoice plan={shown.options === flow.options ? plan : null} options={flow.options} />}
        {plan.digest && <Touched services={plan.services} events={plan.events} />}
      </div>
      <CommitBar flow={flow} plan={plan} />
    </>
  );
}

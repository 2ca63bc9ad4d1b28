/* Who has been here, who is signed in, and what to run at the provider to change that. */
import { useState } from 'react';
import { endSession, usePeople } from '../../shared/api/admin';
import type { Person, PersonStep, Session } from '../../shared/api/types';
import { formatInstant } from '../../shared/format/date';
import { tell } from '../../shared/store/tell';
import { DataTable, type Column } from '../../shared/ui/DataTable';
import { Dialog } from '../../shared/ui/Dialog';
import { Panel } from '../../shared/ui/Panel';
import { Answer, Empty } from '../../shared/ui/States';
import { Copied } from './Copied';
import { buttonColumn, textColumn, timeColumn } from './columns';
import { t } from './texts';
import styles from './admin.module.css';

const Steps = ({ steps }: { steps: readonly PersonStep[] }) => (
  <div className={styles.steps}>
    {steps.map((step) => (
      <Copied key={step.action} label={step.summary} text={step.command} />
    ))}
  </div>
);

const sessionColumns: readonly Column<Session>[] = [
  textColumn('name', (row) => row.user + (row.current ? ` (${t('this')})` : ''), true),
  timeColumn('began', (row) => row.created_at),
  timeColumn('seen', (row) => row.seen_at),
  textColumn('address', (row) => row.address),
  textColumn('agent', (row) => row.agent),
  buttonColumn('end', (row) => t('endOf', { name: row.user, at: formatInstant(row.created_at) }), (row) => tell(endSession(row), t('ended'))),
];

function peopleColumns(show: (person: Person) => void): readonly Column<Person>[] {
  return [
    textColumn('name', (row) => row.name, true),
    textColumn('role', (row) => t(row.role)),
    textColumn('groups', (row) => row.groups ?? (row.role_from === 'pin' ? 'PIN' : null)),
    textColumn('tokens', (row) => row.tokens.map((token) => token.name).join(', ')),
    timeColumn('first', (row) => row.first_seen),
    timeColumn('seen', (row) => row.last_seen),
    buttonColumn('steps', (row) => row.steps.length > 0 && t('stepsOf', { name: row.name }), show),
  ];
}

export function PeopleList() {
  const [shown, setShown] = useState<Person | null>(null);
  return (
    <Answer answer={usePeople()} skeleton="table">
      {({ people, sessions, how_to }) => (
        <>
          <Panel title={t('people')} note={t('peopleNote')}>
            {people.length > 0 ? <DataTable caption={t('people')} columns={peopleColumns(setShown)} rows={people} rowKey={(row) => row.method + row.name} copyable /> : <Empty title={t('nobody')} />}
          </Panel>
          <Panel title={t('sessions')} note={t('sessionsNote')}>
            {sessions.length > 0 ? <DataTable caption={t('sessions')} columns={sessionColumns} rows={sessions} rowKey={(row) => row.id} /> : <Empty title={t('noSessions')} />}
          </Panel>
          <Panel title={t('howTo')}>
            <ul className={styles.notes}>
              {how_to.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
            <Steps steps={how_to.steps} />
          </Panel>
          {shown && (
            <Dialog wide title={t('stepsOf', { name: shown.name })} onClose={() => setShown(null)}>
              <Steps steps={shown.steps} />
            </Dialog>
          )}
        </>
      )}
    </Answer>
  );
}

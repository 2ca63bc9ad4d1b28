/* What an administrator looks after: people, the tokens of programs, and the audit log. */
import { setParams, useLocation } from '../../shared/url/location';
import { Segmented } from '../../shared/ui/Segmented';
import { AuditLog } from './AuditLog';
import { PeopleList } from './PeopleList';
import { TokenList } from './TokenList';
import { t } from './texts';

const TABS = { people: PeopleList, tokens: TokenList, audit: AuditLog };
type Tab = keyof typeof TABS;
const NAMES = Object.keys(TABS) as Tab[];

export function AdminView() {
  const asked = useLocation().params.get('tab');
  const tab = NAMES.find((one) => one === asked) ?? 'people';
  const Shown = TABS[tab];
  return (
    <>
      <Segmented label={t('what')} value={tab} options={NAMES.map((value) => ({ value, label: t(value) }))} onChange={(value) => setParams({ tab: value, before: null, who: null, action: null })} />
      <Shown />
    </>
  );
}

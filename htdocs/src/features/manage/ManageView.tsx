/* Names, colours, order, and events. */
import { useEvents, usePlatforms, useServices } from '../../shared/api/hooks';
import { setParams, useLocation } from '../../shared/url/location';
import { Segmented } from '../../shared/ui/Segmented';
import { Answer } from '../../shared/ui/States';
import { EventList } from './EventList';
import { IdentList } from './IdentList';
import { t } from './texts';

const TABS = ['services', 'platforms', 'events'] as const;
type Tab = (typeof TABS)[number];

const Services = () => (
  <Answer answer={useServices()} skeleton="table">
    {(data) => <IdentList kind="service" idents={data.services} />}
  </Answer>
);

const Platforms = () => (
  <Answer answer={usePlatforms()} skeleton="table">
    {(data) => <IdentList kind="platform" idents={data.platforms} />}
  </Answer>
);

const Events = () => (
  <Answer answer={useEvents()} skeleton="table">
    {(data) => <EventList events={data.events} />}
  </Answer>
);

export function ManageView() {
  const asked = useLocation().params.get('tab');
  const tab: Tab = TABS.find((one) => one === asked) ?? 'services';
  return (
    <>
      <Segmented label={t('what')} value={tab} options={TABS.map((value) => ({ value, label: t(value) }))} onChange={(value) => setParams({ tab: value === 'services' ? null : value })} />
      {tab === 'services' && <Services />}
      {tab === 'platforms' && <Platforms />}
      {tab === 'events' && <Events />}
    </>
  );
}

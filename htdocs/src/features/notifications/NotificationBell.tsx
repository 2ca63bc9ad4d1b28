/* The bell: how much deserves a look, and what it is. */
import { useMemo, useState } from 'react';
import { useCan, useStats } from '../../shared/api/hooks';
import { formatDay } from '../../shared/format/date';
import { exact, percent } from '../../shared/format/number';
import { changeOf } from '../../shared/figures/change';
import { texts } from '../../shared/i18n/texts';
import { today } from '../../shared/time/day';
import { Link } from '../../shared/url/Link';
import { Button } from '../../shared/ui/Button';
import { ChangeBadge } from '../../shared/ui/ChangeBadge';
import { Dialog } from '../../shared/ui/Dialog';
import { SelectField } from '../../shared/ui/Field';
import { Icon } from '../../shared/ui/Icon';
import { Empty } from '../../shared/ui/States';
import { Swatch } from '../../shared/ui/Swatch';
import { noticesOf, type Notice } from './notices';
import { markSeen, threshold, THRESHOLDS, useSeen } from './settings';
import styles from './notifications.module.css';

const t = texts({
  title: 'Worth a look',
  bell: 'Worth a look: {n} new',
  bellNone: 'Worth a look: nothing new',
  from: 'Tell changes of at least',
  change: '{now} in the week of {week}, after {before} the week before',
  fresh: '{now} in the week of {week}, after none the week before',
  gap: { one: 'no number for the week of {week} yet', other: 'no numbers for {n} weeks, from {week} on' },
  none: 'Nothing stands out',
  noneText: 'The latest week of each service is within the limit, and no service misses a week.',
  enter: 'Enter it',
});

function say(notice: Notice): string {
  const week = formatDay(notice.week);
  switch (notice.kind) {
    case 'change':
      return t('change', { week, now: exact(notice.now), before: exact(notice.before) });
    case 'new':
      return t('fresh', { week, now: exact(notice.now) });
    case 'gap':
      return t('gap', { week, n: notice.weeks });
  }
}

function Line({ notice, onFollow }: { notice: Notice; onFollow: () => void }) {
  const mayEnter = useCan('edit'), { service } = notice;
  return (
    <li className={styles.line}>
      <Swatch color={service.color} />
      <div className={styles.what}>
        <Link view="" params={{ service: service.id }} onClick={onFollow}>
          {service.name}
        </Link>
        <p>{say(notice)}</p>
      </div>
      {notice.kind === 'gap'
        ? mayEnter && (
            <Link view="entry" params={{ service: service.id, week: notice.week }} onClick={onFollow}>
              {t('enter')}
            </Link>
          )
        : <ChangeBadge change={changeOf(notice.now, notice.kind === 'new' ? 0 : notice.before)} />}
    </li>
  );
}

function Notices({ notices, onFollow }: { notices: readonly Notice[]; onFollow: () => void }) {
  const chosen = threshold.use();
  return (
    <>
      <SelectField label={t('from')} value={chosen} onChange={(event) => threshold.set(Number(event.target.value))} className={styles.threshold}>
        {THRESHOLDS.map((one) => (
          <option key={one} value={one}>
            {percent(one)}
          </option>
        ))}
      </SelectField>
      {notices.length === 0 ? (
        <Empty title={t('none')}>{t('noneText')}</Empty>
      ) : (
        <ul className={styles.list}>
          {notices.map((notice) => (
            <Line key={notice.key} notice={notice} onFollow={onFollow} />
          ))}
        </ul>
      )}
    </>
  );
}

function Bell() {
  const [open, setOpen] = useState(false);
  const stats = useStats().data, limit = threshold.use(), seen = useSeen(), now = today();
  const notices = useMemo(() => (stats ? noticesOf(stats, limit, now) : []), [stats, limit, now]);
  const unseen = notices.filter((notice) => !seen.includes(notice.key)).length;
  const close = () => {
    markSeen(notices.map((notice) => notice.key));
    setOpen(false);
  };
  return (
    <>
      <Button kind="quiet" className={styles.bell} aria-haspopup="dialog" aria-label={unseen > 0 ? t('bell', { n: unseen }) : t('bellNone')} icon={<Icon name="bell" />} onClick={() => setOpen(true)}>
        {unseen > 0 && <span className={styles.count}>{unseen}</span>}
      </Button>
      {open && (
        <Dialog title={t('title')} onClose={close}>
          <Notices notices={notices} onFollow={close} />
        </Dialog>
      )}
    </>
  );
}

export function NotificationBell() {
  return useCan('view') ? <Bell /> : null;
}

/* Says that nothing may be changed for now, and why. */
import { useMe } from '../../shared/api/hooks';
import { Note } from '../../shared/ui/Note';
import { t } from './texts';

export function ReadOnlyBanner() {
  const reason = useMe().data?.read_only;
  return reason ? (
    <Note kind="warn" title={t('readOnly')}>
      {reason}
    </Note>
  ) : null;
}

/* Week against week. */
import { Skeleton } from '../../shared/ui/States';

export function WeeklyView() {
  return <Skeleton height="chart" />;
}

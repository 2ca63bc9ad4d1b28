/* Special events, day by day and edition against edition. */
import { Skeleton } from '../../shared/ui/States';

export function EventsView() {
  return <Skeleton height="chart" />;
}

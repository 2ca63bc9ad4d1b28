/* One service's development, in all and by platform. */
import { Skeleton } from '../../shared/ui/States';

export function TrendsView() {
  return <Skeleton height="chart" />;
}

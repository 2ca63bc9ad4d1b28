/* What is known about the numbers in words. */
import { Skeleton } from '../../shared/ui/States';

export function InsightsView() {
  return <Skeleton height="chart" />;
}

/* How one service is doing. */
import { Skeleton } from '../../shared/ui/States';

export function OverviewView() {
  return <Skeleton height="chart" />;
}

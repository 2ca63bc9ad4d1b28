/* All services side by side. */
import { Skeleton } from '../../shared/ui/States';

export function ServicesView() {
  return <Skeleton height="chart" />;
}

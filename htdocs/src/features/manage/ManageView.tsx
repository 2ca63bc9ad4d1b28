/* Names, colours, order, and events. */
import { Skeleton } from '../../shared/ui/States';

export function ManageView() {
  return <Skeleton height="chart" />;
}

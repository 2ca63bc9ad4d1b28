/* The exact numbers. */
import { Skeleton } from '../../shared/ui/States';

export function DataView() {
  return <Skeleton height="chart" />;
}

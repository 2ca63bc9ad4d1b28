/* Entering a week by hand. */
import { Skeleton } from '../../shared/ui/States';

export function EntryView() {
  return <Skeleton height="chart" />;
}

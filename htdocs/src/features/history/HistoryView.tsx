/* The ledger. */
import { Skeleton } from '../../shared/ui/States';

export function HistoryView() {
  return <Skeleton height="chart" />;
}

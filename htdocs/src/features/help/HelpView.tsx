/* How it is used. */
import { Skeleton } from '../../shared/ui/States';

export function HelpView() {
  return <Skeleton height="chart" />;
}

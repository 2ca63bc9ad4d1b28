/* Bringing a file. */
import { Skeleton } from '../../shared/ui/States';

export function UploadView() {
  return <Skeleton height="chart" />;
}

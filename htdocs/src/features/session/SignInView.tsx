/* Signing in. */
import { Skeleton } from '../../shared/ui/States';

export function SignInView() {
  return <Skeleton height="chart" />;
}

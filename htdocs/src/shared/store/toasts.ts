/* Short messages about what has just happened. */
import { createValue } from './store';

export interface Toast {
  id: number;
  kind: 'info' | 'good' | 'bad';
  text: string;
  action?: { label: string; run: () => void } | undefined;
}

const MOST = 3;
const toasts = createValue<readonly Toast[]>([]);
let nextId = 1;

export function dismissToast(id: number): void {
  toasts.dispatch(toasts.get().filter((toast) => toast.id !== id));
}

/** One takes the place of the one before of its kind. With an action it stays until it is dismissed: WCAG 2.2.1, nobody has to be quick. */
export function toast(text: string, kind: Toast['kind'] = 'info', action?: Toast['action']): void {
  const id = nextId++;
  const others = toasts.get().filter((one) => one.kind !== kind || !one.action !== !action);
  toasts.dispatch([...others.slice(1 - MOST), { id, kind, text, action }]);
  if (!action && kind !== 'bad') window.setTimeout(() => dismissToast(id), 8000);
}

export const useToasts = toasts.use;

/* Short messages about what has just happened. */
import { useSyncExternalStore } from 'react';

export interface Toast {
  id: number;
  kind: 'info' | 'good' | 'bad';
  text: string;
  action?: { label: string; run: () => void } | undefined;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  listeners.forEach((listener) => listener());
}

export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

/** One with an action stays until it is dismissed: WCAG 2.2.1, nobody has to be quick. */
export function toast(text: string, kind: Toast['kind'] = 'info', action?: Toast['action']): void {
  const id = nextId++;
  set([...toasts.slice(-3), { id, kind, text, action }]);
  if (!action && kind !== 'bad') window.setTimeout(() => dismissToast(id), 8000);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useToasts = (): readonly Toast[] => useSyncExternalStore(subscribe, () => toasts);

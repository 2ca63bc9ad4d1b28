/* What was chosen by itself stays chosen, whatever changes meanwhile: somebody is typing at it. */
import { useRef } from 'react';

/** The value as it was when the key was first asked for. */
export function usePinned<T>(key: string, value: T): T {
  const pinned = useRef(new Map<string, T>()).current;
  if (!pinned.has(key)) pinned.set(key, value);
  return pinned.get(key)!;
}

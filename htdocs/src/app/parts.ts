/* The parts of the page that come after the first: when they are needed, or before that when there is time. */
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { isServerThere } from '../shared/api/client';
import { patiently, pause, type Load } from './patiently';

const AHEAD_MS = 3000;
const loads: Load<unknown>[] = [];

export function part<K extends string>(load: Load<Record<K, ComponentType>>, name: K): LazyExoticComponent<ComponentType> {
  loads.push(load);
  return lazy(() => patiently(load, isServerThere).then((module) => ({ default: module[name] })));
}

/** When nothing else is to be done; not every browser says. */
const idle = () => new Promise<void>((resolve) => ('requestIdleCallback' in window ? window.requestIdleCallback(() => resolve()) : setTimeout(resolve, 50)));

/** So that going from view to view waits for nothing, also where the server is away by then. */
export async function loadAhead(): Promise<void> {
  await pause(AHEAD_MS);
  for (const load of loads) {
    await idle();
    await load().catch(() => undefined);
  }
}

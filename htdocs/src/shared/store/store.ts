/* A state that outlives the view which shows it, changed by actions. */
import { useSyncExternalStore } from 'react';

export interface Store<State, Action> {
  get(): State;
  dispatch(action: Action): void;
  use(): State;
  subscribe(listener: () => void): () => void;
}

export function createStore<State, Action>(reduce: (state: State, action: Action) => State, initial: State): Store<State, Action> {
  const listeners = new Set<() => void>();
  let state = initial;
  const get = () => state;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const dispatch = (action: Action) => {
    const next = reduce(state, action);
    if (next === state) return;
    state = next;
    listeners.forEach((listener) => listener());
  };
  return { get, dispatch, subscribe, use: () => useSyncExternalStore(subscribe, get) };
}

/** A state that is only ever set. */
export const createValue = <State>(initial: State): Store<State, State> => createStore((_, next) => next, initial);

const ask = (event: BeforeUnloadEvent) => event.preventDefault();

/** The browser asks before the page goes, as long as something would be lost. */
export function askBeforeLeaving<State>(store: Pick<Store<State, never>, 'get' | 'subscribe'>, isLost: (state: State) => boolean): void {
  const follow = () => (isLost(store.get()) ? window.addEventListener('beforeunload', ask) : window.removeEventListener('beforeunload', ask));
  store.subscribe(follow);
  follow();
}

/* Which shortcut a row of pressed keys is. */
import { SHORTCUTS, type Shortcut } from '../../shared/store/shortcuts';

/** Keys of one shortcut are pressed within this time. */
export const PATIENCE_MS = 1200;

export type Press = { kind: 'done'; shortcut: Shortcut } | { kind: 'begun'; keys: readonly string[] } | { kind: 'nothing' };

const starts = (keys: readonly string[], pressed: readonly string[]) => pressed.every((key, i) => keys[i] === key);

export function press(before: readonly string[], key: string): Press {
  for (const pressed of [[...before, key], [key]]) {
    const fitting = SHORTCUTS.filter((shortcut) => starts(shortcut.keys, pressed));
    const whole = fitting.find((shortcut) => shortcut.keys.length === pressed.length);
    if (whole) return { kind: 'done', shortcut: whole };
    if (fitting.length > 0) return { kind: 'begun', keys: pressed };
  }
  return { kind: 'nothing' };
}

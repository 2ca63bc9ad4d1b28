/* The keyboard's shortcuts. */
export function ShortcutKeys() {
  return null;
}

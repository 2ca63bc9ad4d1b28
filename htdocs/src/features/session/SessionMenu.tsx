/* Who I am. */
export function SessionMenu() {
  return null;
}

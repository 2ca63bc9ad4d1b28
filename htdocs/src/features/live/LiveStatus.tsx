/* Whether what is shown is up to date. */
export function LiveStatus() {
  return null;
}

/* Names that may be meant for each other. */

/** Without case, accents, spaces and punctuation. */
const fold = (name: string): string => name.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

function pairsOf(name: string): string[] {
  const folded = `^${fold(name)}$`;
  return Array.from({ length: folded.length - 1 }, (_, i) => folded.slice(i, i + 2));
}

/** From 0, nothing in common, to 1: how many of their pairs of letters they share. */
export function likeness(a: string, b: string): number {
  const left = pairsOf(a), right = pairsOf(b), all = left.length + right.length;
  let shared = 0;
  for (const pair of left) {
    const at = right.indexOf(pair);
    if (at < 0) continue;
    shared++;
    right.splice(at, 1);
  }
  return (2 * shared) / all;
}

/** So that a slip of the finger is, and "PT's YouTube" is not "YouTube". */
const ALIKE = 0.75;

/** The known name that is most like it, where one is. */
export function mostLike(name: string, known: readonly string[]): string | null {
  let best: string | null = null, most = ALIKE;
  for (const other of known) {
    const now = likeness(name, other);
    if (now > most) [best, most] = [other, now];
  }
  return best;
}

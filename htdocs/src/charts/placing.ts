/* Where the numbers of a place stand beside it. */
const AWAY = 14;

/** To the right of x, or where there is no room for it, to the left; never out of the frame. */
export function tipLeft(x: number, own: number, frame: number): number {
  const right = x + AWAY, left = x - AWAY - own;
  if (right + own <= frame) return right;
  return left >= 0 ? left : Math.max(0, frame - own);
}

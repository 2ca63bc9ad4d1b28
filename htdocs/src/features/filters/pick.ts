/* Choosing from a list, of which nothing chosen is all of it. */

/** With id the other way round, in the list's order; all of them are none. */
export function pick(chosen: readonly string[], id: string, known: readonly { id: string }[]): string[] {
  const wanted = new Set(chosen);
  if (!wanted.delete(id)) wanted.add(id);
  const inOrder = known.filter((ident) => wanted.has(ident.id)).map((ident) => ident.id);
  const others = [...wanted].filter((one) => !inOrder.includes(one));
  return others.length === 0 && inOrder.length === known.length ? [] : [...inOrder, ...others];
}

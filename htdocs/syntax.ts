// Looking for things in parsed code, for the plugins of the build.
export interface Node {
  type: string;
  start: number;
  end: number;
  [member: string]: unknown;
}

/** All nodes for which isOne is true, wherever they are below node. */
export function nodesOf(node: unknown, isOne: (node: Node) => boolean, found: Node[] = []): Node[] {
  if (Array.isArray(node)) node.forEach((one) => nodesOf(one, isOne, found));
  else if (node && typeof node === 'object') {
    if (isOne(node as Node)) found.push(node as Node);
    Object.values(node).forEach((member) => nodesOf(member, isOne, found));
  }
  return found;
}

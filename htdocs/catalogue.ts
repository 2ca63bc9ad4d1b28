// A plugin for Vite that takes the texts out of the code of the built page and writes them, as data, into its HTML: one catalogue to translate, and no code to wait for.
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Plugin } from 'vite';
import { nodesOf, type Node } from './syntax';

type Value = string | { [key: string]: Value };

/** What a literal in the source says; the texts are nothing but texts. */
function valueOf(node: Node, file: string): Value {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'ObjectExpression') {
    return Object.fromEntries(
      (node.properties as Node[]).map((property) => {
        const key = property.key as Node | undefined, name = key?.type === 'Identifier' ? key.name : key?.value;
        if (property.type !== 'Property' || property.computed || typeof name !== 'string') throw new Error(`${file}: texts({...}) has a member that is no plain name`);
        return [name, valueOf(property.value as Node, file)];
      }),
    );
  }
  throw new Error(`${file}: texts({...}) has something else than texts in it: ${node.type}`);
}

const isTexts = ({ type, callee }: Node) => type === 'CallExpression' && (callee as Node).type === 'Identifier' && (callee as Node).name === 'texts';

const idOf = (file: string, index: number) => createHash('sha256').update(`${file}#${index}`).digest('base64url').slice(0, 4);

export function catalogue(): Plugin {
  const texts = new Map<string, Value>();
  let root = '';
  return {
    name: 'catalogue',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      root = config.root;
    },
    transform(code, id) {
      if (!id.startsWith(path.join(root, 'src')) || !/\btexts\(/.test(code)) return null;
      const file = path.relative(root, id);
      let out = code;
      const calls = nodesOf(this.parse(code), isTexts).map((call) => (call.arguments as Node[])[0]!);
      for (const [index, argument] of [...calls.entries()].reverse()) {
        const name = idOf(file, index);
        if (texts.has(name)) throw new Error(`${file}: its texts have the name of other ones`);
        texts.set(name, valueOf(argument, file));
        out = out.slice(0, argument.start) + JSON.stringify(name) + out.slice(argument.end);
      }
      return { code: out, map: null };
    },
    transformIndexHtml: {
      order: 'post',
      handler() {
        const sorted = Object.fromEntries([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
        const json = JSON.stringify(sorted).replace(/</g, '\\u003c');
        return [{ tag: 'script', attrs: { type: 'application/json', id: 'texts' }, children: json, injectTo: 'head' }];
      },
    },
  };
}

// A plugin for Vite that reads React as modules: its packages are CommonJS, of which a bundler has to keep every export; written as a module's exports, those that nobody imports are left out.
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';
import { withoutUnusedNames } from './react-tables';
import { nodesOf, type Node } from './syntax';

const require = createRequire(import.meta.url);
/** What package.json's entry point of each would choose when NODE_ENV is "production". */
const FILES: Record<string, string> = {
  react: 'react/cjs/react.production.min.js',
  'react/jsx-runtime': 'react/cjs/react-jsx-runtime.production.min.js',
  'react-dom/client': 'react-dom/cjs/react-dom.production.min.js',
  scheduler: 'scheduler/cjs/scheduler.production.min.js',
};

const fileOf = (name: string): string => {
  const [folder, ...rest] = FILES[name]!.split('/');
  return path.join(path.dirname(require.resolve(`${folder}/package.json`)), ...rest);
};

const isExport = (node: Node) => node.type === 'MemberExpression' && !node.computed && (node.object as Node).type === 'Identifier' && (node.object as Node).name === 'exports';
const isRequire = (node: Node) => node.type === 'CallExpression' && (node.callee as Node).type === 'Identifier' && (node.callee as Node).name === 'require';

function moduleOf(code: string, program: Node, file: string): string {
  const names = new Set<string>(), imports = new Set<string>();
  const replaced = (node: Node): string => {
    const name = isExport(node) ? (node.property as Node).name : (node.arguments as Node[])[0]!.value;
    if (typeof name !== 'string' || (isRequire(node) && !(name in FILES))) throw new Error(`${file}: not the React that this was written for`);
    (isExport(node) ? names : imports).add(name);
    return `${isExport(node) ? 'exported' : 'required'}_${name}`;
  };
  const nodes = nodesOf(program, (node) => isExport(node) || isRequire(node)).sort((a, b) => b.start - a.start);
  const body = nodes.reduce((text, node) => text.slice(0, node.start) + replaced(node) + text.slice(node.end), code);
  const imported = [...imports].map((name) => `import * as required_${name} from '${name}';`);
  const exported = [...names].map((name) => `exported_${name} as ${name}`);
  return `${imported.join('')}var ${[...names].map((name) => `exported_${name}`).join()};${body}\nexport {${exported.join()}};`;
}

export function reactModules(): Plugin {
  const files = new Set(Object.keys(FILES).map(fileOf)), dom = fileOf('react-dom/client');
  let source = '';
  return {
    name: 'react-modules',
    apply: 'build',
    enforce: 'pre',
    configResolved(config) {
      source = path.join(config.root, 'src');
    },
    resolveId: (name) => (name in FILES ? fileOf(name) : null),
    transform(code, id) {
      if (!files.has(id)) return null;
      const read = id === dom ? withoutUnusedNames(code, source) : code;
      return { code: moduleOf(read, this.parse(read) as unknown as Node, id), map: null };
    },
  };
}

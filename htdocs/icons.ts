// A plugin for Vite that writes the pictograms, as drawings to refer to, into the page: they are no code.
import type { Plugin } from 'vite';
import paths from './src/shared/ui/icons.json';

export function icons(): Plugin {
  const drawings = Object.entries(paths).map(([name, d]) => ({ tag: 'path', attrs: { id: `icon-${name}`, d } }));
  return {
    name: 'icons',
    transformIndexHtml: () => [{ tag: 'div', attrs: { hidden: true }, children: [{ tag: 'svg', children: [{ tag: 'defs', children: drawings }] }], injectTo: 'body' }],
  };
}

import { defineConfig, type Plugin } from 'vite';
import { catalogue } from './catalogue';
import { icons } from './icons';
import { licenses } from './licenses';
import { reactModules } from './react-modules';

// The module that the development server takes the figures from; with the browser's own Host, which writing must come from.
const api = { target: process.env.SP_API ?? 'http://127.0.0.1:8080', changeOrigin: false };

// In the built page the names of classes are as short as their number: they are in the code and in the styles.
const classes = new Map<string, string>();

function shortClass(name: string, file: string): string {
  const key = `${file} ${name}`;
  if (!classes.has(key)) classes.set(key, `_${classes.size.toString(36)}`);
  return classes.get(key)!;
}

// What React calls the fields of its own records, which nobody else reads or writes: two letters do as well.
const REACT_FIELDS = new RegExp(`^(${[
  'memoized(State|Props)', 'pending(Props|Lanes|Context)', 'stateNode', 'alternate', 'elementType', 'updateQueue', 'deletions', 'subtreeFlags', 'childLanes', 'base(State|Queue|Lanes)', '(first|last)BaseUpdate',
  'lastRendered(State|Reducer)', '(has)?[eE]agerState', '(suspended|pinged|expired|entangled|finished)Lanes', 'entanglements', 'expirationTimes', 'eventTimes', 'callback(Node|Priority)', 'finishedWork', 'timeoutHandle',
  'pingCache', 'containerInfo', 'dehydrated', 'treeContext', 'retryLane', 'tailMode', '_reactName', '_targetInst', 'targetContainers', 'eventSystemFlags', 'domEventName', 'identifierPrefix', 'onRecoverableError',
].join('|')})$`);

// Views that change something come in a file of their own, so that a page that is only looked at does not load them. More files would each be compressed alone, which makes them larger.
const chunkOf = (id: string) => (/\/(features\/(upload|entry|manage|admin|help)\/|shared\/api\/admin)/.test(id) ? 'change' : 'look');

// What Vite puts around import() loads the styles and parts of a chunk beforehand. Here all styles are in one file that the page names, and the only chunk that is loaded later has no others.
const plainImports = (): Plugin => ({
  name: 'plain-imports',
  apply: 'build',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null),
});

// Served below any mount prefix: every address in the page is relative to it, and views are one segment deep.
export default defineConfig(({ command }) => ({
  base: './',
  plugins: [reactModules(), plainImports(), icons(), catalogue(), licenses()],
  // React looks for its developer tools in the browser; without them, what it would tell them is left out.
  define: command === 'build' ? { __REACT_DEVTOOLS_GLOBAL_HOOK__: 'undefined' } : {},
  esbuild: { jsx: 'automatic' },
  css: { modules: { localsConvention: 'camelCaseOnly', ...(command === 'build' ? { generateScopedName: shortClass } : {}) } },
  build: {
    target: ['es2022'],
    outDir: process.env.SP_HTDOCS_OUT ?? 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // One stylesheet of a few kilobytes: nothing is drawn before its looks are there, and a part that is loaded again (app/parts.ts) does not miss its own.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    minify: 'terser',
    terserOptions: { ecma: 2020, module: true, compress: { passes: 3, unsafe_arrows: true, pure_getters: true }, mangle: { properties: { regex: REACT_FIELDS } } },
    rollupOptions: { output: { manualChunks: chunkOf } },
    reportCompressedSize: true,
  },
  server: { proxy: { '/api': api, '/sample-year.csv': api } },
}));

import { defineConfig } from 'vite';
import { licenses } from './licenses';

// The module that the development server takes the figures from; with the browser's own Host, which writing must come from.
const api = { target: process.env.SP_API ?? 'http://127.0.0.1:8080', changeOrigin: false };

// Served below any mount prefix: every address in the page is relative to it, and views are one segment deep.
export default defineConfig({
  base: './',
  plugins: [licenses()],
  esbuild: { jsx: 'automatic' },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  build: {
    target: ['es2022'],
    outDir: process.env.SP_HTDOCS_OUT ?? 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // One stylesheet of a few kilobytes: nothing is drawn before its looks are there, and a part that is loaded again (app/parts.ts) does not miss its own.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: { '/api': api, '/sample-year.csv': api } },
});

/*
 * Draws five years of twenty services with our charts and with uPlot, by turns, and prints what each costs.
 * node htdocs/bench/chart-bench.mjs [rounds]; wants npm ci in htdocs/ and tests/, Chromium (CHROMIUM=path), and npm's registry for uPlot, which it installs for itself.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, preview, transformWithEsbuild } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const { chromium } = createRequire(new URL('../../tests/package.json', import.meta.url))('playwright-core');
const UPLOT = 'uplot@1.6.32', MOVES = 240, KINDS = ['line', 'area', 'bars', 'uplot'];
const rounds = Number(process.argv[2] ?? 5);

const config = (temp) => ({
  configFile: false, logLevel: 'error', root: here, base: './', esbuild: { jsx: 'automatic' }, css: { modules: { localsConvention: 'camelCaseOnly' } },
  resolve: { alias: [{ find: /^uplot/, replacement: join(temp, 'node_modules/uplot') }] },
});

/** What an entry weighs beside what the page has anyway: React, and the shared parts. */
async function sizeOf(temp, entry, external) {
  const outDir = join(temp, `size-${entry.replace(/\W+/g, '-')}`);
  const lib = { entry, formats: ['es'], fileName: 'out' };
  await build({ ...config(temp), build: { outDir, lib, minify: 'esbuild', emptyOutDir: true, rollupOptions: { external, output: { chunkFileNames: '[name].js' } } } });
  /* A library's build keeps its white space; a page ships without. */
  let size = 0;
  for (const name of readdirSync(outDir).filter((one) => /\.m?js$/.test(one))) {
    const { code } = await transformWithEsbuild(readFileSync(join(outDir, name), 'utf8'), name, { minify: true });
    size += gzipSync(code, { level: 9 }).length;
  }
  return size;
}

async function hover(page) {
  const box = await page.locator('#root svg[role=img], #root .u-over').first().boundingBox();
  const cdp = await page.context().newCDPSession(page);
  /* Of the processor, not of the clock: others work on the machine too. */
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value])).TaskDuration * 1000;
  await page.mouse.move(box.x + 60, box.y + 80);
  const before = await busy();
  await page.evaluate(() => Object.assign(window, { stopFrames: window.watchFrames() }));
  for (let n = 0; n < MOVES; n += 1) await page.mouse.move(box.x + 60 + ((box.width - 100) * n) / MOVES, box.y + 60 + (n % 40));
  const frames = await page.evaluate(() => window.stopFrames());
  return { move: ((await busy()) - before) / MOVES, frames };
}

async function measure(browser, url, kind) {
  const page = await browser.newPage({ viewport: { width: 1100, height: 700 } });
  try {
    await page.goto(`${url}/chart-bench.html?draw=${kind}`);
    const { script, paint } = await page.evaluate(() => window.drawn);
    return { script, paint, ...(await hover(page)) };
  } finally {
    await page.close();
  }
}

const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const ms = (value) => value.toFixed(1).padStart(7);

function printResults(results) {
  console.log('260 weeks x 20 series       script ms   painted ms   main thread ms/move   frames ms p50 p95 max   over 20 ms');
  for (const kind of KINDS) {
    const all = results.filter((one) => one.kind === kind), of = (name) => quantile(all.map((one) => one[name]), 0.5), frames = all.flatMap((one) => one.frames);
    const late = (100 * frames.filter((time) => time > 20).length) / frames.length;
    console.log(`${(kind === 'uplot' ? 'uPlot, lines' : `ours, ${kind}`).padEnd(24)} ${ms(of('script'))}      ${ms(of('paint'))}        ${ms(of('move'))}       ${ms(quantile(frames, 0.5))}${ms(quantile(frames, 0.95))}${ms(quantile(frames, 1))}   ${late.toFixed(1)} %`);
  }
}

async function main() {
  const temp = mkdtempSync(join(tmpdir(), 'chart-bench-'));
  let server, browser;
  try {
    execFileSync('npm', ['install', '--prefix', temp, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', UPLOT], { stdio: 'inherit' });
    const shared = [/^react/, /shared\//], outDir = join(temp, 'page');
    const ours = await sizeOf(temp, join(here, '../src/charts/Chart.tsx'), shared), theirs = await sizeOf(temp, join(temp, 'node_modules/uplot/dist/uPlot.esm.js'), shared);
    console.log(`gzip, without React and the shared parts: ours ${ours} bytes (with legend, table, keyboard, SVG and PNG files), uPlot ${theirs} bytes (the library alone)`);
    await build({ ...config(temp), build: { outDir, emptyOutDir: true, rollupOptions: { input: join(here, 'chart-bench.html') } } });
    server = await preview({ ...config(temp), build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
    const url = `http://127.0.0.1:${server.httpServer.address().port}`, results = [];
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
    for (let round = 0; round < rounds; round += 1) for (const kind of KINDS) results.push({ kind, ...(await measure(browser, url, kind)) });
    printResults(results);
  } finally {
    await browser?.close();
    await server?.close();
    rmSync(temp, { recursive: true, force: true });
  }
}

await main();
process.exit(0);

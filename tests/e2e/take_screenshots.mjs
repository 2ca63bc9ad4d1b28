// node take_screenshots.mjs FOLDER: the pictures of the README, taken of the real module with the sample year, on a fixed day, so that they change only when the page does.
import fs from 'node:fs';
import path from 'node:path';
import { Server } from '../integration/lib/server.mjs';
import { launch, open } from './lib/browser.mjs';
import { choose, file, go, planned, sample, settled, tidy } from './lib/deeds.mjs';

const TODAY = new Date('2026-02-02T09:30:00Z');
const MOST_BYTES = 200_000;
const tall = { viewport: { width: 1280, height: 1040 } };
const phone = { viewport: { width: 375, height: 812 }, deviceScaleFactor: 1.5 };

const monday = file(tidy(
  ['Sunday Gathering', 'YouTube', '2026-02-01', 541], ['Sunday Gathering', 'Facebook', '2026-02-01', 263], ['Sunday Gathering', 'Instagram', '2026-02-01', 118],
  ['Sunday Gathering', 'YouTube', '2026-01-25', 587], ['Sunday Gathering', 'Facebook', '2026-01-25', 301],
  ['Campus Nort', 'Youtube', '2026-02-01', 19], ['Friday Prayer', 'Facebook', '2026-01-30', 61],
), 'monday.csv');

/** When things happened on the server, which has a clock of its own, by the names of what is told. */
const TIMES = { generated_at: '2026-02-02T09:12:00Z', created_at: '2025-11-17T08:40:00Z', used_at: '2026-02-02T07:00:00Z', expires_at: '2026-11-17T08:40:00Z', revoked_at: '2025-12-01T10:05:00Z' };
const onTheDay = async (route) => {
  const json = JSON.parse(await (await route.fetch()).text(), (key, value) => (value && TIMES[key]) ?? value);
  await route.fulfill({ json });
};

const pictures = [
  { name: 'overview', address: '/?service=sunday-gathering', ...tall },
  { name: 'overview-dark', address: '/?service=sunday-gathering', colorScheme: 'dark', ...tall },
  { name: 'weekly', address: '/weekly?service=sunday-gathering' },
  { name: 'events', address: '/events' },
  { name: 'upload', address: '/upload', act: async (page) => {
    await choose(page, monday);
    await planned(page);
    await page.mouse.move(0, 0);
  } },
  { name: 'insights', address: '/insights' },
  { name: 'administration', address: '/admin?tab=tokens', viewport: { width: 1280, height: 620 } },
  { name: 'phone', address: '/?service=sunday-gathering', ...phone, act: async (page) => {
    await page.getByRole('radio', { name: 'Line' }).check({ force: true });
    await page.evaluate(() => document.activeElement.blur());
  } },
];

async function take(s, as, folder, { name, address, act, ...options }) {
  const { page, close } = await open(s, { as, reducedMotion: 'reduce', ...options });
  await page.clock.setFixedTime(TODAY);
  await page.route(/\/api\/(insights|tokens)(\/history.*)?$/, onTheDay);
  await go(page, address);
  await act?.(page);
  await settled(page);
  await page.evaluate(() => document.fonts.ready.then(() => window.scrollTo(0, 0)));
  const target = path.join(folder, `${name}.png`);
  await page.screenshot({ path: target });
  await close();
  const { size } = fs.statSync(target);
  console.log(`${target}  ${Math.round(size / 1000)} kB`);
  if (size > MOST_BYTES) throw new Error(`${target} has more than ${MOST_BYTES / 1000} kB`);
}

/** One that is used, one that waits, one that does not work any more. */
async function makeTokens(as) {
  const made = [];
  for (const [name, role] of [['Old laptop', 'editor'], ['Wall screen', 'viewer'], ['Weekly sheet', 'editor']]) {
    made.push((await s.post('/api/tokens', { name, role, expires_in_days: 365 }, { as })).json());
  }
  await s.send('DELETE', `/api/tokens/${made[0].token.id}`, { as });
  await s.get('/api/stats', { headers: { Authorization: `Bearer ${made[2].secret}` } });
}

const folder = path.resolve(process.argv[2]);
fs.mkdirSync(folder, { recursive: true });
const s = new Server({ main: ['StreamPulseInsightDelay 0'] });
try {
  await s.start();
  await s.upload(sample, { name: 'sheet.csv' });
  const as = await s.asAdmin();
  await s.insightsAtRest();
  await makeTokens(as);
  s.browser = await launch();
  for (const picture of pictures) await take(s, as, folder, picture);
} finally {
  await s.browser?.close();
  await s.kill();
}

// node measure_page.mjs LOADS SECONDS: how soon the page shows its first chart, whether it moves by itself, and the frames while 5 years of 20 services are scrolled and read; as JSON.
import { launch, open } from '../e2e/lib/browser.mjs';
import { go, sample, tidy } from '../e2e/lib/deeds.mjs';
import { shifts } from '../e2e/lib/shifts.mjs';
import { Server } from '../integration/lib/server.mjs';

const [LOADS, SECONDS] = process.argv.slice(2).map(Number);
const SERVICES = 20, WEEKS = 260;
const PLATFORMS = ['YouTube', 'Facebook', 'Instagram', 'Zoom', 'Telegram', 'Twitch'];
const TRACED = ['devtools.timeline', 'devtools.timeline.frame', 'disabled-by-default-devtools.timeline', 'disabled-by-default-devtools.timeline.frame', 'toplevel', '__metadata'];
const FRAME_MS = 1000 / 60;

/** A number for each week, from 2021 on. */
function years() {
  const dayOf = (week) => new Date(Date.UTC(2021, 0, 3 + 7 * week)).toISOString().slice(0, 10);
  const numbers = (week) => (service) => PLATFORMS.map((platform, i) => [`Service ${service + 1}`, platform, dayOf(week), 100 + ((week * 7919 + service * 311 + i * 31) % 900)]);
  return tidy(...Array.from({ length: WEEKS }, (_, week) => Array.from({ length: SERVICES }, (_, n) => n).flatMap(numbers(week))).flat());
}

/** Milliseconds from the start of the navigation to the frame with the first chart in it: a browser that knows nothing of the page yet. */
async function firstChart(s) {
  const { page, close } = await open(s);
  await page.addInitScript(() => {
    const look = () => {
      if (document.querySelector('figure svg[role=img] path')) requestAnimationFrame(() => (window.firstChart = performance.now()));
      else requestAnimationFrame(look);
    };
    look();
  });
  await page.goto('/', { waitUntil: 'commit' });
  await page.waitForFunction(() => window.firstChart);
  const ms = await page.evaluate(() => window.firstChart);
  const moved = (await shifts(page)).reduce((sum, one) => sum + one.value, 0);
  await close();
  return { ms, moved };
}

function mainThread(events) {
  const named = events.find((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain' && events.some((f) => f.name === 'DrawFrame' && f.pid === e.pid));
  return named ?? events.find((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain');
}

/** Frames drawn and dropped, and the longest and the typical tasks of the page's thread, while act runs. */
async function traced(s, page, act) {
  await s.browser.startTracing(page, { categories: TRACED });
  await act();
  const { traceEvents: events } = JSON.parse((await s.browser.stopTracing()).toString());
  const main = mainThread(events);
  const tasks = events.filter((e) => e.pid === main.pid && e.tid === main.tid && e.ph === 'X' && /RunTask$/.test(e.name)).map((e) => e.dur / 1000).sort((a, b) => a - b);
  const count = (name) => events.filter((e) => e.pid === main.pid && e.name === name).length;
  return { drawn: count('DrawFrame'), dropped: count('DroppedFrame'), longest: tasks.at(-1) ?? 0, late: tasks.filter((ms) => ms > FRAME_MS).length, tasks: tasks.length };
}

async function scroll(page) {
  const client = await page.context().newCDPSession(page);
  const distance = SECONDS * 500;
  for (const yDistance of [-distance, distance]) await client.send('Input.synthesizeScrollGesture', { x: 700, y: 500, yDistance, speed: 1000, gestureSourceType: 'mouse' });
}

async function hover(page) {
  const plot = page.locator('figure svg[role=img]').first();
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  const steps = SECONDS * 60;
  for (let n = 0; n < steps; n++) {
    await page.mouse.move(box.x + 40 + ((box.width - 60) * n) / steps, box.y + box.height / 2);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

const add = (a, b) => ({ drawn: a.drawn + b.drawn, dropped: a.dropped + b.dropped, longest: Math.max(a.longest, b.longest), late: a.late + b.late, tasks: a.tasks + b.tasks });

async function moving(s, views, act) {
  const { page, close } = await open(s);
  let all = { drawn: 0, dropped: 0, longest: 0, late: 0, tasks: 0 };
  for (const view of views) {
    await go(page, `/${view}`);
    await page.waitForTimeout(1000); // what comes after the page has settled is no part of it
    all = add(all, await traced(s, page, () => act(page)));
  }
  await close();
  return all;
}

async function loads(s) {
  const found = [];
  for (let n = 0; n < LOADS; n++) found.push(await firstChart(s));
  found.sort((a, b) => a.ms - b.ms);
  return { ms: found[Math.floor(found.length / 2)].ms, moved: Math.max(...found.map((one) => one.moved)) };
}

const s = new Server();
try {
  await s.start();
  s.browser = await launch();
  await s.upload(sample);
  const year = await loads(s);
  await s.upload(years(), { fields: { mode: 'replace_all' } });
  const large = await loads(s);
  const scrolled = await moving(s, ['', 'weekly', 'services', 'data'], scroll);
  const read = await moving(s, ['', 'trends', 'services'], hover);
  console.log(JSON.stringify({ year, large, scrolled, read }));
} finally {
  await s.browser?.close();
  await s.kill();
}

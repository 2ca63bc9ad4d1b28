// Several people at once: one sees within five seconds what another did, where they are; a hidden page asks nothing; a server that went away is waited for.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until } from '../integration/lib/server.mjs';
import { sessionAs } from '../integration/lib/session.mjs';
import { group, withPage } from './lib/browser.mjs';
import { button, choose, file, go, message, planned, sample, settled, storeButton, tidy } from './lib/deeds.mjs';

const ASK = /\/api\/uploads\?limit=5$/;
const AWAY = /Failed to load resource/;
const away = (page) => page.getByRole('status').filter({ hasText: 'The server cannot be reached' }).first();
const fresh = (page) => page.getByRole('status').filter({ hasText: 'Up to date' });

/** The page's clock stands still from now on, but for what the test lets pass: what has to come within five seconds can be told on any machine. */
async function stopClock(page, address) {
  await page.clock.install();
  await go(page, address);
  await fresh(page).waitFor();
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000));
}

const count = (page, pattern) => {
  const asked = { n: 0 };
  page.on('request', (request) => pattern.test(request.url()) && asked.n++);
  return asked;
};

async function hide(page, hidden) {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (value ? 'hidden' : 'visible') });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

group('together', {}, (s) => {
  const uploads = async (what) => withPage(s, { as: await s.asAdmin() }, async (page) => {
    await go(page, '/upload');
    await choose(page, what);
    await planned(page);
    await storeButton(page).click();
    await page.getByText('Stored', { exact: true }).waitFor();
    await page.waitForTimeout(0);
    assert.equal(await message(page, 'uploaded').count(), 0, 'what one did oneself is no news');
  });

  it('one sees what another uploaded, with who did what, and stays where they were', async () => withPage(s, { as: await sessionAs(s, 'viewer') }, async (page) => {
    await stopClock(page, '/data?sort=name');
    const held = page.getByRole('button', { name: /^History of/ }).nth(60);
    await held.scrollIntoViewIfNeeded();
    await held.focus();
    const where = () => page.evaluate(() => ({ top: Math.round(document.activeElement.getBoundingClientRect().top), label: document.activeElement.getAttribute('aria-label') }));
    const before = await where();
    const sum = await page.getByText(/ in all$/).innerText();
    await uploads(file(tidy(['Zest', 'YouTube', '2026-02-01', 1234]), 'monday.csv'));
    assert.equal(await page.getByText(/ in all$/).innerText(), sum, 'no time has passed for this page');
    await page.clock.runFor(5000);
    await message(page, 'admin (PIN) uploaded monday.csv: 1 added.').waitFor();
    await page.waitForFunction((was) => [...document.querySelectorAll('p')].some((p) => / in all$/.test(p.innerText) && p.innerText !== was), sum);
    assert.deepEqual(await where(), before);
  }));

  it('a page that nobody sees asks nothing, and asks at once when it is seen again', async () => withPage(s, { as: await sessionAs(s, 'viewer') }, async (page) => {
    await stopClock(page, '/data');
    const asked = count(page, ASK);
    await hide(page, true);
    await page.clock.runFor(120_000);
    assert.equal(asked.n, 0);
    await s.upload(tidy(['Zest', 'YouTube', '2026-02-08', 5]), { name: 'unseen.csv' });
    await hide(page, false);
    await page.clock.runFor(10);
    await message(page, 'uploaded unseen.csv').waitFor();
    assert.equal(asked.n, 1);
  }));

  it('an answer that has not changed is asked for with its tag, and is a 304', async () => withPage(s, {}, async (page) => {
    await stopClock(page, '/data');
    const again = page.waitForResponse((r) => ASK.test(r.url()));
    await page.clock.runFor(5000);
    assert.equal((await again).status(), 304);
  }));

  it('errors make it ask less often, and as late as the server wants', async () => withPage(s, { allow: AWAY }, async (page) => {
    await stopClock(page, '/data');
    const asked = count(page, ASK);
    const refuse = (headers) => page.route(ASK, (route) => route.fulfill({ status: 503, headers, contentType: 'application/json', body: JSON.stringify({ error: 'busy', code: 'busy', status: 503, request_id: 'x', details: [] }) }));
    await refuse({});
    for (let second = 0; second < 120; second += 2) await page.clock.runFor(2000);
    assert.ok(asked.n >= 3 && asked.n <= 8, `${asked.n} in two minutes`);
    await page.unroute(ASK);
    await until('the next answer', async () => {
      await page.clock.runFor(5000);
      return fresh(page).isVisible();
    });
    await refuse({ 'Retry-After': '50' });
    await until('the refusal', async () => {
      await page.clock.runFor(1000);
      return away(page).isVisible();
    });
    asked.n = 0;
    for (let second = 0; second < 40; second += 2) await page.clock.runFor(2000);
    assert.equal(asked.n, 0);
  }));

  it('a server that goes away is said to be, what is shown stays, and all goes on when it is back', async () => withPage(s, { allow: AWAY }, async (page) => {
    s.allow(/mod_dbd|AH0/);
    await go(page, '/events');
    const heading = page.getByRole('heading', { level: 2 }).first();
    const name = await heading.innerText();
    await s.stop();
    await away(page).waitFor();
    assert.equal(await heading.innerText(), name);
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
    await s.restart();
    await fresh(page).waitFor();
    await settled(page);
    await page.getByText(/uploaded .*sample-year/).waitFor();
  }));

  it('a form that is being filled in while the data changes keeps what was typed', async () => withPage(s, { as: await s.asAdmin() }, async (page) => {
    await stopClock(page, '/manage');
    await button(page, 'Edit Zest').click();
    await page.getByLabel('Name', { exact: true }).fill('Zest for life');
    await s.upload(tidy(['Zest', 'YouTube', '2026-02-15', 5]), { name: 'meanwhile.csv' });
    await page.clock.runFor(5000);
    await message(page, 'uploaded meanwhile.csv').waitFor({ state: 'attached' });
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Zest for life');
  }));
}, (s) => s.upload(sample, { name: 'sample-year.csv' }));

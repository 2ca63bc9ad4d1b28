// The page at the mount in a real browser: totals, signing in and out, light, dark and a phone's width.
import fs from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { PIN, repo, Server } from '../integration/lib/server.mjs';
import { years } from '../integration/lib/sheet.mjs';

const results = path.join(repo, 'tests/results');
const executablePath = execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' }).trim();
const args = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const [sample] = years();

/** A group of tests on one server with the sample year in it, and one browser. (Node 18 does not run hooks outside of a group.) */
function group(title, options, define) {
  describe(title, () => {
    const s = new Server(options);
    before(async () => {
      fs.mkdirSync(results, { recursive: true });
      await s.start();
      assert.equal((await s.upload(sample.csv)).status, 201);
      s.browser = await chromium.launch({ executablePath, args });
    });
    define(s);
    it('leaves nothing undeclared in the error log', () => s.finish());
    after(async () => {
      await s.browser?.close();
      await s.kill();
    });
  });
}

/** A page whose console and requests are watched: errors, and anything that leaves the server, fail the test at the end. */
async function open(s, options = {}) {
  const context = await s.browser.newContext({ baseURL: `http://127.0.0.1:${s.port}`, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && !options.allow?.test(m.text()) && wrong.push(m.text()));
  page.on('pageerror', (e) => wrong.push(String(e)));
  page.on('request', (r) => new URL(r.url()).host !== `127.0.0.1:${s.port}` && wrong.push(`a request to ${r.url()}`));
  return { page, close: async () => {
    await context.close();
    assert.deepEqual(wrong, []);
  } };
}

group('the page, for everybody', {}, (s) => {
  for (const [name, options] of [['light', { colorScheme: 'light' }], ['dark', { colorScheme: 'dark' }], ['phone', { viewport: { width: 390, height: 844 }, colorScheme: 'light', isMobile: true, hasTouch: true }]]) {
    it(`shows the totals (${name})`, async () => {
      const { page, close } = await open(s, options);
      await page.goto('/');
      const text = await page.locator('body').innerText();
      for (const service of sample.expected.weekly.services) {
        assert.ok(text.includes(service.service), service.service);
        assert.ok(text.includes(service.viewers.toLocaleString('en-US')), `${service.service}: ${service.viewers}`);
      }
      const { scroll, width } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, width: window.innerWidth }));
      assert.ok(scroll <= width, `${scroll} pixels do not fit into ${width}`);
      await page.screenshot({ path: path.join(results, `page-${name}.png`), fullPage: true });
      await close();
    });
  }

  it('links to the export and the contract that work', async () => {
    const { page, close } = await open(s);
    await page.goto('/');
    for (const part of ['api/export', 'api/openapi.json']) {
      const href = await page.locator(`a[href*="${part}"]`).first().getAttribute('href');
      assert.equal((await page.request.get(new URL(href, page.url()).href)).status(), 200);
    }
    await close();
  });

  it('is understood without seeing it: a language, a title, one main heading', async () => {
    const { page, close } = await open(s);
    await page.goto('/');
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.notEqual(await page.title(), '');
    assert.equal(await page.locator('h1').count(), 1);
    await close();
  });
});

group('signing in', { anonymous: 'none', sites: [{ prefix: '/pulse' }] }, (s) => {
  it('a PIN through the form: a wrong one says so, the right one shows the numbers', async () => {
    s.allow(/SP0316/);
    const { page, close } = await open(s, { allow: /401 \(Unauthorized\)/ });
    await page.goto('/pulse/');
    await page.screenshot({ path: path.join(results, 'sign-in.png') });
    const pin = page.locator('input[name="pin"]');
    assert.equal(await pin.getAttribute('type'), 'password');
    await pin.fill('000000');
    await page.keyboard.press('Enter');
    assert.match(await page.getByRole('alert').innerText(), /not the PIN/);
    await page.locator('input[name="pin"]').fill(PIN);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/pulse/');
    assert.ok((await page.locator('body').innerText()).includes('Sunday Gathering'));
    const [cookie] = await page.context().cookies();
    assert.deepEqual([cookie.httpOnly, cookie.sameSite], [true, 'Lax']);
    await page.screenshot({ path: path.join(results, 'signed-in.png'), fullPage: true });
    await close();
  });
});

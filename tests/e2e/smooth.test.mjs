// Five years of twenty services: nothing moves by itself, and looking at them asks the server nothing and leaves nothing behind. How fast that is, make bench ROWS=dashboard tells.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { group, withPage } from './lib/browser.mjs';
import { go, tidy } from './lib/deeds.mjs';
import { shifts } from './lib/shifts.mjs';

const SERVICES = 20, WEEKS = 260;
const dayOf = (week) => new Date(Date.UTC(2021, 0, 3 + 7 * week)).toISOString().slice(0, 10);
const numbers = (week) => Array.from({ length: SERVICES }, (_, n) => ['YouTube', 'Facebook', 'Instagram', 'Zoom'].map((platform, i) => [`Service ${n + 1}`, platform, dayOf(week), 100 + ((week * 7919 + n * 311 + i * 31) % 900)])).flat();
const years = tidy(...Array.from({ length: WEEKS }, (_, week) => numbers(week)).flat());

group('smooth', {}, (s) => {
  for (const viewport of [{ width: 1280, height: 800 }, { width: 320, height: 568 }]) {
    it(`nothing moves by itself, at ${viewport.width} px`, async () => withPage(s, { viewport, as: await s.asAdmin() }, async (page) => {
      for (const view of ['', 'trends', 'weekly', 'services', 'data', 'manage']) {
        await go(page, `/${view}`);
        await page.getByRole('button', { name: /^Worth a look: \d+ new/ }).waitFor();
        assert.deepEqual(await shifts(page), [], `/${view}`);
        await page.mouse.wheel(0, 3000);
        await page.waitForFunction(() => window.scrollY > 0);
        assert.deepEqual(await shifts(page), [], `/${view}, scrolled`);
      }
    }));
  }

  it('reading a chart asks the server nothing, and leaves nothing behind', () => withPage(s, {}, async (page) => {
    await go(page, '/?service=service-1');
    const plot = page.getByRole('figure').first().getByRole('img').first();
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    const asked = [];
    page.on('request', (request) => !/limit=5$|\/assets\//.test(request.url()) && asked.push(request.url()));
    const parts = () => page.evaluate(() => document.querySelectorAll('*').length);
    const across = async () => {
      const places = new Set();
      for (let n = 0; n <= 40; n++) {
        await page.mouse.move(box.x + 40 + ((box.width - 60) * n) / 40, box.y + box.height / 2);
        places.add(await page.getByRole('slider').first().getAttribute('aria-valuetext'));
      }
      return places.size;
    };
    assert.ok((await across()) > 20, 'the pointer reads one week after the other');
    await page.mouse.move(0, 0);
    const before = await parts();
    await across();
    await page.mouse.move(0, 0);
    assert.equal(await parts(), before);
    assert.deepEqual(asked, []);
  }));
}, (s) => s.upload(years, { name: 'years.csv' }));

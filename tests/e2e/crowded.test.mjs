// More services, longer names and other screens than anybody drew: what is looked for stays in sight, and nothing lies on anything else.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assertAccessible } from './lib/axe.mjs';
import { group, withPage } from './lib/browser.mjs';
import { go, sample, tidy } from './lib/deeds.mjs';

const SERVICES = 50, LAST = SERVICES - 1;
const names = Array.from({ length: SERVICES }, (_, i) => ['Sunday Gathering Of All Campuses, With Everybody Who Joins From Elsewhere And Stays', 'خدمة الأحد', '🎉 Jeunesse 🙏🏽', 'Donaudampfschifffahrtsgesellschaftskapitänstag'][i] ?? `Service ${i}`);
const rows = names.flatMap((name, i) => [[name, 'YouTube', '2026-01-04', 1_000_000 + i], [name, 'YouTube', '2026-01-11', 1_000_007 + i]]);
const box = (locator) => locator.evaluate((one) => one.getBoundingClientRect().toJSON());

async function assertFits(page, where) {
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${where} is too wide`);
}

group('fifty services', {}, (s) => {
  it('leave the chart of the chosen one on the first screen, and the chosen one in sight', () => withPage(s, {}, async (page) => {
    await go(page, `/?service=service-${LAST}`);
    const heading = await box(page.getByRole('heading', { name: `Service ${LAST}`, exact: true })), list = await box(page.getByRole('list', { name: 'Services' })), chosen = await box(page.getByRole('list', { name: 'Services' }).locator('[aria-current]'));
    assert.ok(heading.bottom < 800, `the chart begins at ${heading.bottom}`);
    assert.ok(chosen.top >= list.top && chosen.bottom <= list.bottom, `${chosen.top} to ${chosen.bottom} in ${list.top} to ${list.bottom}`);
    await assertAccessible(page, 'fifty services');
  }));

  it('that changed by less than is told are not said to have changed by nothing', () => withPage(s, {}, async (page) => {
    await go(page, `/?service=service-${LAST}`);
    await page.getByText('<0.1%').first().waitFor();
    assert.equal(await page.getByText('0%', { exact: true }).count(), 0);
  }));

  for (const viewport of [{ width: 320, height: 640 }, { width: 820, height: 1180 }]) {
    it(`fit on a screen of ${viewport.width} px`, async () => withPage(s, { viewport, as: await s.asAdmin() }, async (page) => {
      for (const view of ['', 'services', 'weekly', 'data', 'manage', 'entry']) {
        await go(page, `/${view}`);
        await assertFits(page, view);
        await assertAccessible(page, view);
      }
    }));
  }
}, (s) => s.upload(tidy(...rows)));

group('screens', {}, (s) => {
  it('a very wide one has the page in its middle, a little wider than elsewhere', () => withPage(s, { viewport: { width: 2560, height: 1300 } }, async (page) => {
    await go(page, '/services');
    const brand = await box(page.locator('header a').first()), tools = await box(page.locator('header button').last());
    assert.ok(Math.abs(brand.left - (2560 - tools.right)) < 60, `${brand.left} px before, ${2560 - tools.right} px after`);
    const main = await box(page.getByRole('main'));
    assert.ok(main.width > 1400 && main.right < 2300, JSON.stringify(main));
    await assertFits(page, 'services');
  }));

  it('on a phone a week without numbers is told in its own cell', () => withPage(s, { viewport: { width: 390, height: 844 } }, async (page) => {
    await go(page, '/weekly?service=friday-prayer');
    const tag = page.getByText('no numbers', { exact: true }).first();
    const [own, cell] = [await box(tag), await box(page.locator('th', { has: tag }).first())];
    assert.ok(own.right <= cell.right && own.bottom <= cell.bottom, `${own.right} of ${cell.right}`);
  }));
}, (s) => s.upload(sample, { name: 'sample-year.csv' }));

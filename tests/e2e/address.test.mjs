// Every view is a link: filters stand in the address, which gives the same again in another browser, at any mount, and going back goes back.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { group, open, withPage } from './lib/browser.mjs';
import { button, go, number, sample, settled, tableOf } from './lib/deeds.mjs';

const filters = (page) => page.getByRole('region', { name: 'Filters' });
const summary = (page) => page.getByText(/ in all$/);
const query = (page) => new URL(page.url()).search;

/** Opens a list of the filters by what it chooses. */
const list = (page, name) => filters(page).getByRole('button', { name: new RegExp(`^${name}: `) });

async function pickPlatform(page, name) {
  await list(page, 'Platforms').click();
  await page.getByRole('group', { name: 'Platforms' }).getByLabel(name, { exact: true }).check();
  await page.keyboard.press('Escape');
}

for (const prefix of ['', '/pulse']) {
  group(`address: below "${prefix}/"`, { sites: [{ prefix }] }, (s) => {
    const same = async (page) => {
      const other = await open(s);
      await go(other.page, page.url());
      assert.equal(await summary(other.page).innerText(), await summary(page).innerText());
      assert.deepEqual(await tableOf(other.page.getByRole('table').first()), await tableOf(page.getByRole('table').first()));
      await other.close();
    };

    it('the overview has an address of its own, as every view has', () => withPage(s, {}, async (page) => {
      await go(page, `${prefix}/overview?service=friday-prayer`);
      await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
      await page.getByRole('heading', { name: 'Friday Prayer' }).waitFor();
      assert.equal(await page.getByRole('navigation', { name: 'Views' }).locator('[aria-current]').innerText(), 'Overview');
    }));

    it('what filters show is the same at the same address, and exactly what the server says', () => withPage(s, {}, async (page) => {
      await go(page, `${prefix}/data`);
      const all = await summary(page).innerText();
      await pickPlatform(page, 'Facebook');
      await list(page, 'Range of days').click();
      await page.getByLabel('From', { exact: true }).fill('2025-03-01');
      await page.getByLabel('To', { exact: true }).fill('2025-06-30');
      await button(page, 'Show these days').click();
      await page.waitForFunction((was) => ![...document.querySelectorAll('p')].some((p) => p.innerText === was), all);
      await settled(page);
      assert.equal(query(page), '?platform=facebook&from=2025-03-01&to=2025-06-30');
      const { services } = await s.data('?platform=facebook&from=2025-03-01&to=2025-06-30');
      const want = services.flatMap((one) => one.total).reduce((sum, n) => sum + (n ?? 0), 0);
      await page.getByText(`${want.toLocaleString('en-GB')} in all`).waitFor();
      await same(page);
    }));

    it('search and order are in it too', () => withPage(s, {}, async (page) => {
      await go(page, `${prefix}/data`);
      await page.getByRole('searchbox').fill('campus facebook');
      await page.waitForURL(/q=campus/);
      await button(page, 'Viewers').click();
      await page.waitForURL(/sort=-viewers/);
      const rows = (await tableOf(page.getByRole('table').first())).slice(1).map((row) => number(row[3]));
      assert.deepEqual(rows, [...rows].sort((a, b) => b - a));
      await same(page);
    }));

    it('back and forward go through what was chosen, and from view to view', () => withPage(s, {}, async (page) => {
      await go(page, `${prefix}/data`);
      const steps = [await summary(page).innerText()];
      await pickPlatform(page, 'Facebook');
      await page.waitForURL(/platform=facebook/);
      await page.getByRole('link', { name: 'Special events' }).click();
      await page.getByRole('heading', { level: 1, name: 'Special events' }).waitFor();
      assert.equal(new URL(page.url()).pathname, `${prefix}/events`);
      assert.match(query(page), /platform=facebook/, 'what is filtered goes along');
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: 'Data' }).waitFor();
      assert.match(query(page), /platform=facebook/);
      await page.goBack();
      await page.getByText(steps[0]).waitFor();
      assert.equal(query(page), '');
      await page.goForward();
      await page.waitForURL(/platform=facebook/);
    }));

    it('the data as it was after an entry is a link as well', () => withPage(s, {}, async (page) => {
      await go(page, `${prefix}/data`);
      const now = await summary(page).innerText();
      await go(page, `${prefix}/data?as_of=1`);
      await page.getByText('As it was after entry 1').first().waitFor();
      assert.notEqual(await summary(page).innerText(), now);
      await button(page, 'Back to now').click();
      await page.getByText(now).waitFor();
    }));

    it('what does not exist is said to be so, and leads on', () => withPage(s, { allow: /404/ }, async (page) => {
      await go(page, `${prefix}/data?service=nobody`);
      await page.getByText('there is no service "nobody"').waitFor();
      await button(page, 'Reset').click();
      await summary(page).waitFor();
      await go(page, `${prefix}/data?range=whenever&from=yesterday&as_of=zero&platform=`);
      await summary(page).waitFor();
    }));
  }, async (s) => {
    await s.upload(sample, { name: 'sample-year.csv' });
    await s.post(`${prefix}/api/data`, { entries: [{ service: 'friday-prayer', platform: 'facebook', week_start: '2025-03-07', viewers: 4321 }] }, { as: await s.asAdmin() });
  });
}

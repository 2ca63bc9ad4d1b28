// A year of numbers goes in through the page, is read off the page again, is taken back and put in again.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { years } from '../integration/lib/sheet.mjs';
import { group, withPage } from './lib/browser.mjs';
import { button, choose, go, message, number, planned, signIn, storeButton } from './lib/deeds.mjs';

/** What the view of the exact numbers says about the sum of what it shows. */
async function sumOn(page, address) {
  await go(page, address);
  const said = await page.getByText(/ in all$/).innerText();
  return number(/,\s*([\d,]+) in all$/.exec(said)[1]);
}

/** {name: viewers} of each card of the events. */
async function eventsOn(page) {
  await go(page, '/events');
  const cards = page.getByRole('region', { name: 'All events' }).getByRole('listitem').filter({ has: page.getByRole('heading') });
  const all = await cards.evaluateAll((items) => items.map((item) => [item.querySelector('h3').innerText, item.querySelector('strong').innerText]));
  return all.map(([name, viewers]) => `${name}: ${number(viewers)}`).sort();
}

for (const { name, csv, expected } of years()) {
  const sheet = { name: 'year.csv', mimeType: 'text/csv', buffer: csv };
  group(`upload: the ${name}`, {}, (s) => {
    it('is previewed, stored, and counted on the page as it was counted by hand', () => withPage(s, {}, async (page) => {
      await go(page, '/upload');
      await signIn(page, s.options.pin);
      await choose(page, sheet);
      const plan = await planned(page);
      assert.deepEqual([plan.changed, plan.cleared, plan.unchanged], [0, 0, 0]);
      assert.deepEqual(s.sql('SELECT count(*) AS n FROM entry'), [{ n: 0 }], 'a preview stores nothing');
      await storeButton(page).click();
      await page.getByText('Stored', { exact: true }).waitFor();
      assert.deepEqual(s.sql('SELECT added FROM entry'), [{ added: plan.added }]);
      for (const service of expected.weekly.services) {
        const { id } = (await s.data()).services.find((one) => one.name === service.service);
        assert.equal(await sumOn(page, `/data?service=${id}`), service.viewers, service.service);
      }
      assert.equal(await sumOn(page, '/data'), expected.weekly.grand_total);
      assert.equal(await sumOn(page, '/data?kind=events'), expected.events.grand_total);
      assert.deepEqual(await eventsOn(page), expected.events.list.map((event) => `${event.name}: ${event.viewers}`).sort());
    }));

    it('the same file again has nothing to change', async () => withPage(s, { as: await s.asAdmin() }, async (page) => {
      await go(page, '/upload');
      await choose(page, sheet);
      await page.getByText('Nothing to change').first().waitFor();
      assert.equal(await storeButton(page).count(), 0);
    }));

    it('is undone and redone from the history', async () => withPage(s, { as: await s.asAdmin() }, async (page) => {
      const { weekly_viewers: viewers } = (await s.get('/api/stats')).json().totals;
      await go(page, '/history');
      await button(page, 'Undo').click();
      await button(page, 'Undo it').click();
      await message(page, 'Entry 1 is taken back.').waitFor();
      assert.equal((await s.get('/api/stats')).json().totals.weekly_viewers, 0);
      await page.getByText('taken back by entry 2').waitFor();
      await button(page, 'Redo').click();
      await button(page.getByRole('dialog'), 'Redo it').click();
      await message(page, 'is there again.').waitFor();
      assert.equal((await s.get('/api/stats')).json().totals.weekly_viewers, viewers);
    }));
  });
}

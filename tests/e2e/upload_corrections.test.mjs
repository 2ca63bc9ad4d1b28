// What the import assumed can be corrected on the page, the preview follows, and exactly what was previewed is stored.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { group, withPage } from './lib/browser.mjs';
import { button, choose, file, go, planned, sampleFile, storeButton, tableOf, tidy } from './lib/deeds.mjs';

const weeks = (service, ...days) => tidy(...days.map((day, i) => [service, 'YouTube', day, 10 + i]));
const region = (page, name) => page.getByRole('region', { name });
const stored = (page) => page.getByText('Stored', { exact: true }).waitFor();
const REFUSED = /Failed to load resource/;

group('upload: corrections', {}, (s) => {
  /** On the upload view, as an administrator, with a file chosen. */
  const withFile = async (what, run, options = {}) => withPage(s, { as: await s.asAdmin(), ...options }, async (page) => {
    await go(page, '/upload');
    await choose(page, what);
    await run(page);
  });
  const numbers = () => s.sql('SELECT service, week_start AS week, viewers FROM weekly_data ORDER BY 1, 2');

  it('asks which comes first, the day or the month, and reads the file as it is told', () => withFile(file(weeks('Order', '1/2/2025', '3/2/2025')), async (page) => {
    const question = region(page, 'Which comes first');
    await question.getByText('1/2/2025 is 1 Feb 2025').waitFor();
    await question.getByText('1/2/2025 is 2 Jan 2025').waitFor();
    await button(question, 'Day first').click();
    assert.equal((await planned(page)).added, 2);
    await storeButton(page).click();
    await stored(page);
    assert.deepEqual(numbers().filter((n) => n.service === 'Order').map((n) => n.week), ['2025-02-01', '2025-02-03']);
  }, { allow: REFUSED }));

  it('puts the days of events into the year that it is told', () => withFile(sampleFile(), async (page) => {
    await planned(page);
    await page.getByLabel('Year of days without one').fill('2031');
    await button(page, 'Use it').click();
    await page.getByText(/13 Jan 2031/).first().waitFor({ state: 'attached' });
    await button(page, 'Discard').click();
    await button(page, 'Choose a file').waitFor();
    assert.deepEqual(s.sql("SELECT count(*) AS n FROM special_events"), [{ n: 0 }]);
  }));

  it('takes a misspelt service for the one that is meant, and a platform too', async () => {
    await s.upload(weeks('Sunday Gathering', '2025-01-05', '2025-01-12'), { name: 'first.csv' });
    await withFile(file(tidy(['Sunday Gathring', 'You Tub', '2025-01-19', 30])), async (page) => {
      await planned(page);
      const names = region(page, '2 names are new');
      await button(names, 'It is Sunday Gathering').click();
      await region(page, 'One name is new').waitFor();
      await page.getByLabel('“You Tub” is').selectOption('YouTube');
      await page.getByText('“You Tub” is read as “YouTube”').waitFor();
      await storeButton(page).click();
      await stored(page);
      assert.deepEqual(s.sql("SELECT service, platform, viewers FROM weekly_data WHERE week_start = '2025-01-19'"), [{ service: 'Sunday Gathering', platform: 'YouTube', viewers: 30 }]);
    });
  });

  it('takes a correction back', () => withFile(file(weeks('Sunday Gathrin', '2025-01-26')), async (page) => {
    await planned(page);
    await button(page, 'It is Sunday Gathering').click();
    await button(page, 'Take back').click();
    await region(page, 'One name is new').waitFor();
    assert.equal(await button(page, 'Take back').count(), 0);
  }));

  it('shows each problem at its place in the file, stores nothing of it, and then all but what is wrong', () => withFile(file(tidy(['Places', 'YouTube', '2025-01-05', '1.2K'], ['Places', 'YouTube', '2025-13-12', 7], ['Places', 'YouTube', '2025-01-19', 8])), async (page) => {
    const problems = region(page, '2 problems in the file');
    await problems.locator('mark').nth(1).waitFor();
    const [heads, ...rows] = await tableOf(problems.getByRole('table').first());
    assert.deepEqual([heads.at(-1), rows.find((row) => row[0] === '2')?.at(-1)], ['D', '1.2K']);
    assert.deepEqual(await problems.locator('mark').allInnerTexts(), ['1.2K', '2025-13-12']);
    assert.equal(await storeButton(page).count(), 0);
    await button(page, 'Leave out what has a problem').click();
    await region(page, '2 cells or rows with problems are left out').waitFor();
    assert.equal((await planned(page)).added, 1);
    await storeButton(page).click();
    await stored(page);
    assert.deepEqual(numbers().filter((n) => n.service === 'Places'), [{ service: 'Places', week: '2025-01-19', viewers: 8 }]);
  }, { allow: REFUSED }));

  it('shows what is different now when somebody else was faster, and stores only that', () => withFile(file(weeks('Faster', '2025-01-05', '2025-01-12')), async (page) => {
    assert.deepEqual(await planned(page), { added: 2, changed: 0, cleared: 0, unchanged: 0 });
    await s.upload(tidy(['Faster', 'YouTube', '2025-01-05', 99]), { name: 'other.csv' });
    await storeButton(page).click();
    await page.getByText('Somebody changed the data in the meantime').waitFor();
    assert.deepEqual(await planned(page), { added: 1, changed: 1, cleared: 0, unchanged: 0 });
    await storeButton(page).click();
    await stored(page);
    assert.deepEqual(numbers().filter((n) => n.service === 'Faster').map((n) => n.viewers), [10, 11]);
  }, { allow: REFUSED }));

  it('says in plain words what replacing removes, and removes exactly that', async () => {
    await s.upload(weeks('Kept', '2025-03-02', '2025-03-09', '2025-03-16'));
    const others = s.sql("SELECT count(*) AS n FROM weekly_data WHERE service <> 'Kept'")[0].n;
    await withFile(file(weeks('Kept', '2025-03-02')), async (page) => {
      await page.getByText('Nothing to change').first().waitFor();
      await page.getByLabel(/^Replace everything/).check();
      await page.getByText(`With this file, ${2 + others} numbers are removed.`).waitFor();
      await button(page, `Store, and remove ${2 + others} numbers`).waitFor();
      await page.getByLabel(/^Replace what the file names/).check();
      await page.getByText('With this file, 2 numbers are removed.').waitFor();
      await button(page, 'Store, and remove 2 numbers').click();
      await stored(page);
    });
    assert.deepEqual(s.sql("SELECT (service = 'Kept') AS kept, count(*) AS n FROM weekly_data GROUP BY 1 ORDER BY 1"), [{ kept: 0, n: others }, { kept: 1, n: 1 }]);
  });

  it('takes an upload back with one click, and puts it in again with one more', () => withFile(file(weeks('Back and forth', '2025-01-05')), async (page) => {
    const count = () => numbers().filter((n) => n.service === 'Back and forth').length;
    await planned(page);
    await storeButton(page).click();
    await stored(page);
    await button(page, 'Undo').click();
    await page.getByText('Undone: the numbers are as they were before.').waitFor();
    assert.equal(count(), 0);
    await button(page, 'Redo').click();
    await stored(page);
    assert.equal(count(), 1);
  }));
});

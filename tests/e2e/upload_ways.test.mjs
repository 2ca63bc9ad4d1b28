// How a file gets to the page, and what the page says of one that does not get further: dropped, pasted, several, no CSV, too large, cancelled.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { group, withPage } from './lib/browser.mjs';
import { button, choose, file, go, planned, storeButton, tidy } from './lib/deeds.mjs';

const REFUSED = /Failed to load resource/;
const small = tidy(['Sunday', 'YouTube', '2025-01-05', 10]);

/** Files that are dragged over the page and let go. */
async function drop(page, ...files) {
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const [text, name] of all) transfer.items.add(new File([text], name, { type: 'text/csv' }));
    return transfer;
  }, files);
  const target = page.locator('main');
  await target.dispatchEvent('dragover', { dataTransfer: data });
  await page.getByText('Let go to upload it').waitFor();
  await target.dispatchEvent('drop', { dataTransfer: data });
}

/** Uploads wait until the function that it gives is called. */
async function hold(page) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  let arrive;
  const arrived = new Promise((resolve) => (arrive = resolve));
  await page.route('**/api/upload', async (route) => {
    arrive();
    await held;
    await route.continue().catch(() => undefined); // it was cancelled
  });
  return { arrived, release };
}

group('upload: ways in', { location: ['StreamPulseUploadMaxBytes 64K'] }, (s) => {
  const onUpload = async (run, options = {}) => withPage(s, { as: await s.asAdmin(), ...options }, async (page) => {
    await go(page, '/upload');
    await run(page);
  });
  const entries = () => s.sql('SELECT count(*) AS n FROM entry')[0].n;

  it('a dropped file is previewed', () => onUpload(async (page) => {
    await drop(page, [small, 'dropped.csv']);
    assert.equal((await planned(page)).added, 1);
    await page.getByText('dropped.csv').first().waitFor();
  }));

  it('several at once are refused with the reason', () => onUpload(async (page) => {
    await drop(page, [small, 'a.csv'], [small, 'b.csv']);
    await page.getByText('One file at a time').waitFor();
  }));

  it('cells pasted from a spreadsheet are previewed', () => onUpload(async (page) => {
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, small.replaceAll(',', '\t'));
    assert.equal((await planned(page)).added, 1);
  }));

  it('a workbook and an empty file are recognised before anything is sent', () => onUpload(async (page) => {
    await page.route('**/api/upload', () => assert.fail('it was sent'));
    await choose(page, { name: 'year.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('PK\x03\x04rest') });
    await page.getByText('This is a workbook, not a CSV file').waitFor();
    await choose(page, file('', 'empty.csv'));
    await page.getByText('The file is empty').waitFor();
  }));

  it('one that is no text is refused by the server, and the page says so', () => onUpload(async (page) => {
    await choose(page, { name: 'photo.csv', mimeType: 'text/csv', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0, 1, 2, 3]) });
    await page.getByRole('alert').filter({ hasText: /could not be understood|does not take/ }).waitFor();
  }, { allow: REFUSED }));

  for (const [size, bytes] of [['a little', 70_000], ['much', 9_000_000]]) {
    it(`one that is ${size} too large is refused with the limit`, () => onUpload(async (page) => {
      await choose(page, file(small + 'x'.repeat(bytes), 'large.csv'));
      await page.getByText('The file is too large').waitFor();
      await button(page, 'Start over').click();
      await button(page, 'Choose a file').waitFor();
    }, { allow: REFUSED }));
  }

  it('a transfer can be cancelled, and another file chosen', () => onUpload(async (page) => {
    const { arrived, release } = await hold(page);
    await choose(page, file(small));
    await arrived;
    await button(page, 'Cancel').click();
    await button(page, 'Choose a file').waitFor();
    release();
    await page.unroute('**/api/upload');
    await choose(page, file(small));
    assert.equal((await planned(page)).added, 1);
    assert.equal(entries(), 0);
  }));

  it('what was chosen is still there after a look at another view', () => onUpload(async (page) => {
    await choose(page, file(small, 'later.csv'));
    await planned(page);
    await page.getByRole('link', { name: 'Help' }).or(page.getByRole('link', { name: 'Insights' })).first().click();
    await page.getByRole('heading', { level: 1, name: /Help|Insights/ }).waitFor();
    await page.goBack();
    await page.getByText('later.csv').first().waitFor();
    assert.equal(await storeButton(page).count(), 1);
  }));

  it('a server that goes away in between loses neither the file nor the choices', () => onUpload(async (page) => {
    await choose(page, file(small, 'patient.csv'));
    await planned(page);
    await page.route('**/api/upload', (route) => route.abort('connectionrefused'));
    await storeButton(page).click();
    await page.getByText('The server cannot be reached').first().waitFor();
    await page.unroute('**/api/upload');
    await button(page, 'Try again').click();
    await page.getByText('Stored', { exact: true }).waitFor();
    assert.equal(entries(), 1);
  }, { allow: REFUSED }));
});

// Everything without a pointer: only keys are pressed here, and the focus is always somewhere that can be seen.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { group, withPage } from './lib/browser.mjs';
import { button, dialogOf, file, go, message, planned, sample, settled, tidy } from './lib/deeds.mjs';

const focused = (page) => page.evaluate(() => {
  const one = document.activeElement;
  const names = [one.getAttribute('aria-label'), one.labels?.[0]?.innerText, one.innerText, one.value];
  return { tag: one.tagName, name: (names.find((name) => name?.trim()) ?? '').trim() };
});

/** 'end' after the last stop; else what is wrong with it: where the focus is can be seen, in the picture, not under anything, with a ring. */
const stop = (page) => page.evaluate(() => {
  const one = document.activeElement;
  if (one === document.body) return 'end';
  const label = one.labels?.[0] ?? one, box = (one.getBoundingClientRect().width > 1 ? one : label).getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const over = document.elementFromPoint(Math.min(innerWidth - 1, Math.max(0, box.left + Math.min(box.width / 2, 60))), Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height / 2, 20))));
  const style = getComputedStyle(one);
  const near = over && (one.contains(over) || over.contains(one) || label.contains(over));
  const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || (one.parentElement && getComputedStyle(one.parentElement).outlineStyle !== 'none') || one.matches('h1, main, [type=range], [type=date]'); // parts of a date have the browser's own mark
  return inside && near && marked ? null : `${one.tagName} ${one.className} "${one.innerText?.slice(0, 30)}" inside ${inside} near ${Boolean(near)} marked ${Boolean(marked)}`;
});

/** Tab until what is focused has that name. */
async function tabTo(page, name, most = 120) {
  const met = [];
  for (let n = 0; n < most; n++) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    met.push(at.name.split('\n')[0]);
    if (name instanceof RegExp ? name.test(at.name) : at.name === name) return at;
  }
  throw new Error(`no Tab leads to ${name}: ${met.join(' | ')}`);
}

group('keyboard', {}, (s) => {
  const onPage = async (address, run, options = {}) => withPage(s, { as: await s.asAdmin(), ...options }, async (page) => {
    await go(page, address);
    await run(page);
  });
  const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

  it('the first Tab is the way past the frame', () => onPage('/data', async (page) => {
    await page.keyboard.press('Tab');
    assert.equal((await focused(page)).name, 'Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)));
  }));

  it('every stop of every view can be seen, and Tab comes to the end', () => onPage('/', async (page) => {
    for (const view of ['', 'trends', 'weekly', 'services', 'events', 'history', 'insights', 'upload', 'entry', 'manage', 'help']) {
      await go(page, `/${view}`);
      await page.evaluate(() => document.body.focus());
      const lost = [];
      for (let n = 0, at = null; n < 90 && at !== 'end'; n++) {
        await page.keyboard.press('Tab');
        at = await stop(page);
        if (at && at !== 'end') lost.push(at);
      }
      assert.deepEqual(lost, [], `/${view}`);
    }
  }));

  it('signs in and out, and the focus returns', () => onPage('/data', async (page) => {
    await tabTo(page, 'Sign in');
    await page.keyboard.press('Enter');
    await dialogOf(page).waitFor();
    if ((await focused(page)).tag !== 'INPUT') await tabTo(page, 'PIN', 6);
    await page.keyboard.type(s.options.pin);
    await page.keyboard.press('Enter');
    await dialogOf(page).waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement.innerText?.trim() === 'admin (PIN)');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Sign out', 8);
    await page.keyboard.press('Enter');
    await message(page, 'You are signed out.').waitFor();
  }, { as: undefined }));

  it('dialogs keep the focus, close at Escape, and give it back', () => onPage('/manage', async (page) => {
    const { name } = await tabTo(page, 'Edit Friday Prayer');
    await page.keyboard.press('Enter');
    await dialogOf(page).waitFor();
    for (let n = 0; n < 25; n++) {
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => document.activeElement === document.body || document.querySelector('dialog[open]').contains(document.activeElement)), 'the focus left the dialog');
    }
    await page.keyboard.press('Escape');
    await dialogOf(page).waitFor({ state: 'detached' });
    assert.equal((await focused(page)).name, name);
  }));

  it('uploads a file, stores it and takes it back', () => onPage('/upload', async (page) => {
    const chooser = page.waitForEvent('filechooser');
    await tabTo(page, 'Choose a file');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(file(tidy(['Keys', 'YouTube', '2026-01-04', 5])));
    await planned(page);
    await tabTo(page, 'Store one number');
    await page.keyboard.press('Enter');
    await page.getByText('Stored', { exact: true }).waitFor();
    await tabTo(page, 'Undo');
    await page.keyboard.press('Enter');
    await page.getByText('Undone: the numbers are as they were before.').waitFor();
    assert.equal((await focused(page)).name, 'Redo');
  }));

  it('enters a week by hand: Enter leads from number to number, Ctrl + Enter saves', () => onPage('/entry?service=friday-prayer&week=2026-02-06', async (page) => {
    await tabTo(page, 'Youtube');
    await page.keyboard.type('41');
    await page.keyboard.press('Enter');
    assert.equal((await focused(page)).name, 'Facebook');
    await page.keyboard.type('62');
    await page.keyboard.press('Control+Enter');
    await page.getByText(/2 numbers saved/).first().waitFor();
    assert.equal(s.sql("SELECT sum(viewers) AS n FROM weekly_data WHERE service = 'Friday Prayer' AND week_start = '2026-02-06'")[0].n, 103);
  }));

  it('edits a name, and undoes that in the history', () => onPage('/manage', async (page) => {
    await tabTo(page, 'Edit Campus North');
    await page.keyboard.press('Enter');
    await dialogOf(page).waitFor();
    await tabTo(page, 'Name', 6);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Campus by key');
    await tabTo(page, 'Save', 12);
    await page.keyboard.press('Enter');
    await dialogOf(page).waitFor({ state: 'detached' });
    await page.getByText('Campus by key').first().waitFor();
    await go(page, '/history');
    await tabTo(page, 'Undo');
    await page.keyboard.press('Enter');
    await button(page, 'Undo it').and(page.locator(':not([aria-disabled=true])')).waitFor(); // its preview is there
    await tabTo(page, 'Undo it', 12);
    await page.keyboard.press('Enter');
    await message(page, 'is taken back.').waitFor();
    assert.deepEqual(s.sql("SELECT count(*) AS n FROM service_in_effect WHERE name = 'Campus North'"), [{ n: 1 }]);
  }));

  it('filters', () => onPage('/data', async (page) => {
    await tabTo(page, /^Platforms:/);
    await page.keyboard.press('Enter');
    await tabTo(page, 'Facebook', 20);
    await page.keyboard.press('Space');
    await page.waitForURL(/platform=facebook/);
    await page.keyboard.press('Escape');
    assert.match((await focused(page)).name, /^Platforms:/);
    await tabTo(page, /^Range of days:/, 3);
    await page.keyboard.press('Enter');
    await tabTo(page, 'Last 12 weeks', 6);
    await page.keyboard.press('Enter');
    await page.waitForURL(/range=12w/);
    assert.match((await focused(page)).name, /^Range of days:/);
  }));

  it('reads a chart with the arrow keys, its values told and shown', () => onPage('/?service=sunday-gathering', async (page) => {
    await tabTo(page, /^Read the values of/);
    const told = () => page.evaluate(() => document.activeElement.getAttribute('aria-valuetext'));
    const last = await told();
    await page.keyboard.press('ArrowLeft');
    assert.notEqual(await told(), last);
    await page.keyboard.press('Home');
    const { services } = await s.data('?service=sunday-gathering');
    assert.ok((await told()).includes(services[0].total[0].toLocaleString('en-GB')), await told());
    await page.keyboard.press('Escape');
    await tabTo(page, /^Save as SVG|^SVG/, 3);
  }));

  it('hides a series and shows the table', () => onPage('/?service=sunday-gathering', async (page) => {
    await tabTo(page, 'Facebook');
    await page.keyboard.press('Space');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-pressed')), 'false');
    await tabTo(page, 'Show as table');
    await page.keyboard.press('Enter');
    await page.getByRole('figure').first().getByRole('table').waitFor();
  }));

  it('sorts a table', () => onPage('/data', async (page) => {
    await tabTo(page, 'Viewers');
    await page.keyboard.press('Enter');
    await page.waitForURL(/sort=-viewers/);
    assert.equal((await focused(page)).name, 'Viewers');
    assert.equal(await page.locator('th[aria-sort]').getAttribute('aria-sort'), 'descending');
  }));

  it('shortcuts lead to views, list themselves, and can be switched off', () => onPage('/', async (page) => {
    for (const [keys, name] of [['gt', 'Trends'], ['gw', 'Weekly comparison'], ['gs', 'All services'], ['ge', 'Special events'], ['gd', 'Data'], ['gh', 'History'], ['gi', 'Insights'], ['u', 'Upload'], ['n', 'Manual entry'], ['go', 'Overview']]) {
      await page.evaluate(() => document.activeElement.blur());
      for (const key of keys) await page.keyboard.press(key);
      await heading(page, name);
      assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1', `${keys}: the heading is read out`);
    }
    const dark = () => page.evaluate(() => document.documentElement.dataset.theme);
    const before = await dark();
    await page.keyboard.press('t');
    assert.notEqual(await dark(), before);
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await heading(page, 'Data');
    await settled(page);
    await page.keyboard.press('/');
    await page.keyboard.type('gt');
    await page.waitForURL(/q=gt/);
    await heading(page, 'Data');
    await page.keyboard.press('Escape');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('?');
    await tabTo(page, /^Shortcuts of single letters/, 6);
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await dialogOf(page).waitFor({ state: 'detached' });
    await page.keyboard.press('u');
    await page.keyboard.press('?');
    await dialogOf(page).waitFor();
    await heading(page, 'Data');
  }));
}, (s) => s.upload(sample, { name: 'sample-year.csv' }));

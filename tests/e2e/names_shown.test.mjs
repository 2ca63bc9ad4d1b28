// Names come from files and are text: whatever is in them is shown as it stands, everywhere, and does nothing.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assertAccessible } from './lib/axe.mjs';
import { group, withPage } from './lib/browser.mjs';
import { button, choose, csv, dialogOf, file, go, planned, saved, settled, storeButton, tidy } from './lib/deeds.mjs';

const names = {
  image: '<img src=x onerror=alert(1)>',
  script: '"><script>alert(2)</script>',
  formula: "=cmd|'/c calc'!A1",
  quotes: `O'Brien & "Sons" \`$\{1+1}\``,
  emoji: '🎉 Jeunesse 🙏🏽',
  rightToLeft: 'خدمة الأحد',
  long: 'Ω'.repeat(120) + 'x'.repeat(80),
};
const FILE = '<img src=x onerror=alert(3)>.csv';
const weeks = ['2025-01-05', '2025-01-12', '2025-01-19'];
const rows = Object.values(names).flatMap((service, i) => Object.values(names).flatMap((platform, j) => weeks.map((week, k) => [service, platform, week, 100 + i * 10 + j + k])));
const events = csv(['event', 'platform', 'date', 'viewers'], ...Object.values(names).map((event, i) => [event, names.image, `2025-02-0${i + 1}`, 50 + i]));

/** Nothing of a name became more than text. */
async function assertHarmless(page, where) {
  const made = await page.evaluate(() => [...document.querySelectorAll('img, script:not([src], [type="application/json"]), iframe, object, [onerror], b')].map((one) => one.outerHTML.slice(0, 80)));
  assert.deepEqual(made, [], where);
}

const textOf = (page) => page.evaluate(() => document.body.innerText + [...document.querySelectorAll('option, [aria-label]')].map((one) => one.textContent + one.getAttribute('aria-label')).join(' '));

async function assertShown(page, where, wanted = Object.values(names)) {
  const text = await textOf(page);
  for (const name of wanted) assert.ok(text.includes(name), `${where}: ${name.slice(0, 40)}`);
  await assertHarmless(page, where);
}

group('names', {}, (s) => {
  const open = async (options, run) => withPage(s, { as: await s.asAdmin(), permissions: ['clipboard-read', 'clipboard-write'], ...options }, async (page) => {
    page.on('dialog', (dialog) => assert.fail(`something said “${dialog.message()}”`));
    await run(page);
  });

  it('are shown as they are in the preview of their file, and under the name of the file', () => open({}, async (page) => {
    await go(page, '/upload');
    await choose(page, file(tidy(...rows), FILE));
    await planned(page);
    await assertShown(page, 'preview');
    await assertAccessible(page, 'preview');
    await storeButton(page).click();
    await page.getByText('Stored', { exact: true }).waitFor();
    await assertShown(page, 'stored', [FILE]);
  }));

  for (const width of [1280, 320]) {
    it(`are shown as they are in every view, at ${width} px`, () => open({ viewport: { width, height: 700 } }, async (page) => {
      for (const view of ['', 'trends', 'weekly', 'services', 'events', 'data', 'history', 'manage', 'manage?tab=platforms', 'manage?tab=events', 'entry']) {
        await go(page, `/${view}`);
        const wanted = view === 'history' ? [FILE] : Object.values(names);
        await assertShown(page, view, wanted);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${view} is too wide`);
        await assertAccessible(page, view);
      }
    }));
  }

  it('are shown as they are beside the pointer', () => open({}, async (page) => {
    for (const { id } of (await s.data()).services) {
      await go(page, `/?service=${id}`);
      await page.getByRole('slider').first().focus();
      await assertShown(page, id);
      assert.ok((await page.getByRole('slider').first().getAttribute('aria-valuetext')).includes(names.script));
    }
  }));

  it('are text in a saved SVG', () => open({}, async (page) => {
    await go(page, `/?service=${(await s.data()).services[0].id}`);
    const { bytes, name } = await saved(page, () => button(page, 'Save as SVG').first().click());
    assert.match(name, /^[^<>:"/\\|?*]+\.svg$/);
    const seen = await page.evaluate((text) => {
      const tree = new DOMParser().parseFromString(text, 'image/svg+xml');
      return { tags: [...new Set([...tree.querySelectorAll('*')].map((one) => one.tagName))], text: [...tree.querySelectorAll('text')].map((one) => one.textContent).join('\n') };
    }, bytes.toString());
    assert.deepEqual(seen.tags.filter((tag) => !['svg', 'title', 'desc', 'g', 'path', 'rect', 'line', 'circle', 'text'].includes(tag)), []);
    for (const platform of Object.values(names)) assert.ok(seen.text.includes(platform), platform);
  }));

  it('are no formula in a copied table', () => open({}, async (page) => {
    await go(page, '/data');
    await button(page, 'Copy').first().click();
    await page.getByText(/^Copied/).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(copied.includes(names.image));
    for (const line of copied.split('\n')) for (const cell of line.split('\t')) assert.doesNotMatch(cell, /^[=+@]|^-(?!\d)/, cell);
  }));

  it('are shown as they are in dialogs, lists and messages', () => open({}, async (page) => {
    await go(page, '/manage');
    await button(page, `Edit ${names.image}`).click();
    await dialogOf(page).getByText(`Edit ${names.image}`).waitFor();
    await button(page, 'Delete its numbers…').click();
    await dialogOf(page).getByText(`Type “${names.image}” to go on`).waitFor();
    await assertHarmless(page, 'deleting');
    await page.keyboard.press('Escape');
    await go(page, '/data');
    await page.getByRole('button', { name: /^History of/ }).first().click();
    await settled(page);
    await assertHarmless(page, 'history of a number');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Worth a look/ }).click();
    await assertHarmless(page, 'notifications');
  }));

  it('are shown as they are where a file has problems', () => open({ allow: /Failed to load/ }, async (page) => {
    await go(page, '/upload');
    await choose(page, file(tidy([names.image, names.script, '2025-03-02', '<b>many</b>']), 'problems.csv'));
    await page.getByText('One problem in the file').first().waitFor();
    await page.getByText('<b>many</b>').first().waitFor();
    await assertHarmless(page, 'problems');
  }));

  it('that turn the direction of writing around are refused', () => open({ allow: /Failed to load/ }, async (page) => {
    await go(page, '/upload');
    await choose(page, file(tidy(['abc\u202etxt.exe', 'YouTube', '2025-03-02', 5]), 'turned.csv'));
    await page.getByText('One problem in the file').first().waitFor();
  }));

  it('are text in the address too', () => open({ allow: /Failed to load/ }, async (page) => {
    for (const query of [`q=${encodeURIComponent(names.image)}`, `service=${encodeURIComponent(names.script)}`, `from=${encodeURIComponent(names.image)}`, 'interval=javascript:alert(1)&range=__proto__&sort=constructor']) {
      await go(page, `/data?${query}`);
      await assertHarmless(page, query);
    }
  }));
}, (s) => s.upload(events, { name: 'events.csv' }));

// Every view, in light and dark, from a wide screen to the narrowest phone: readable for everybody, nothing wider than the screen, nothing that moves by itself, a silent console.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { contract } from '../integration/lib/contract.mjs';
import { assertAccessible } from './lib/axe.mjs';
import { group, withPage } from './lib/browser.mjs';
import { button, choose, dialogOf, file, go, planned, sample, sampleFile, settled, tidy } from './lib/deeds.mjs';
import { shifts } from './lib/shifts.mjs';

const views = ['', ...contract.components.schemas.View.enum];
const addresses = [...views, 'admin?tab=tokens', 'admin?tab=audit'];
const screens = [{ width: 1280, height: 800 }, { width: 375, height: 667 }, { width: 320, height: 568 }];
const looks = ['light', 'dark'].flatMap((colorScheme) => screens.map((viewport) => ({ colorScheme, viewport })));
const nameOf = ({ colorScheme, viewport }) => `${colorScheme}, ${viewport.width} px`;

async function assertFits(page, where) {
  const wide = await page.evaluate(() => {
    const { clientWidth: width, scrollWidth } = document.documentElement;
    if (scrollWidth <= width) return [];
    const over = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1 && getComputedStyle(one).position !== 'fixed');
    return [`${scrollWidth} of ${width} px`, ...over.slice(0, 5).map((one) => `${one.tagName}.${one.className} ${one.textContent.slice(0, 30)}`)];
  });
  assert.deepEqual(wide, [], `${where} is wider than the screen`);
}

async function assertGood(page, where) {
  assert.deepEqual(await shifts(page), [], `${where} moves by itself`);
  await assertFits(page, where);
  await assertAccessible(page, where);
}

/** Not what somebody did, but what came by itself counts: this is after something was pressed. */
async function assertReadable(page, where) {
  await assertFits(page, where);
  await assertAccessible(page, where);
}

group('looks', { main: ['StreamPulseInsightDelay 0'] }, (s) => {
  for (const look of looks) {
    it(`every view: ${nameOf(look)}`, async () => withPage(s, { ...look, as: await s.asAdmin() }, async (page) => {
      for (const view of addresses) {
        await go(page, `/${view}`);
        await page.evaluate(() => document.fonts.ready);
        await assertGood(page, `/${view}`);
      }
    }));
  }

  for (const look of [looks[0], looks.at(-1)]) {
    it(`what opens: ${nameOf(look)}`, async () => withPage(s, { ...look, as: await s.asAdmin() }, async (page) => {
      const shut = async () => {
        await page.keyboard.press('Escape');
        await dialogOf(page).waitFor({ state: 'detached' });
      };
      await go(page, '/data');
      const dialogs = {
        shortcuts: () => page.keyboard.press('?'),
        account: () => page.getByRole('button', { name: 'admin (PIN)' }).click(),
        notifications: () => page.getByRole('button', { name: /^Worth a look/ }).click(),
        'history of a number': () => page.getByRole('button', { name: /^History of/ }).first().click(),
      };
      for (const [name, show] of Object.entries(dialogs)) {
        await show();
        await dialogOf(page).waitFor();
        await settled(page);
        await assertReadable(page, name);
        await shut();
      }
      await go(page, '/insights');
      await page.locator('summary').click();
      await assertReadable(page, 'what an insight is based on');
      await go(page, '/admin?tab=tokens');
      await button(page, 'New token').click();
      await assertReadable(page, 'New token');
      await dialogOf(page).getByLabel('Name').fill(nameOf(look));
      await button(dialogOf(page), 'Make the token').click();
      await page.getByText('It is shown only now').waitFor();
      await assertReadable(page, 'a token');
      await shut();
      await button(page, `Revoke the token ${nameOf(look)}`).click();
      await assertReadable(page, 'revoking a token');
      await shut();
      for (const [tab, what] of [['services', 'Edit Friday Prayer'], ['platforms', 'Edit Facebook'], ['events', 'New event']]) {
        await go(page, `/manage?tab=${tab}`);
        await button(page, what).click();
        await assertReadable(page, what);
        await shut();
      }
      await go(page, '/manage');
      await button(page, 'Edit Friday Prayer').click();
      await button(page, 'Delete its numbers…').click();
      await page.getByText('Cleared').first().waitFor();
      await assertReadable(page, 'deleting a service');
      await go(page, '/history');
      await button(page, 'What it changed').first().click();
      await page.getByRole('table').first().waitFor();
      await assertReadable(page, 'what an entry changed');
      await button(page, 'Undo').first().click();
      await button(page, 'Undo it').waitFor();
      await page.getByText('Unchanged').first().waitFor();
      await assertReadable(page, 'the preview of an undo');
    }));

    it(`previews: ${nameOf(look)}`, async () => withPage(s, { ...look, as: await s.asAdmin(), allow: /Failed to load resource/ }, async (page) => {
      const files = {
        'a year': sampleFile(),
        'new names and changes': file(tidy(['Friday Prayr', 'Youtube', '2026-02-06', 10], ['Friday Prayer', 'Youtube', '2025-01-03', 99], ['Friday Prayer', 'YouTubes', '2025-01-03', 9])),
        'both orders of dates': file(tidy(['Friday Prayer', 'Youtube', '1/2/2025', 10], ['Friday Prayer', 'Youtube', '3/2/2025', 10])),
        problems: file(tidy(['Friday Prayer', 'Youtube', '2026-02-06', '1.2K'], ['Friday Prayer', 'Youtube', '2025-13-06', 1])),
        'what is no table': file('hello\nworld\n'),
      };
      for (const [name, what] of Object.entries(files)) {
        await go(page, '/upload');
        await choose(page, what);
        await page.getByText(/^What would change$|^Nothing to change$|^Which comes first|problems in the file$|could not be understood/).first().waitFor();
        await assertReadable(page, name);
        await page.evaluate(() => window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true));
      }
      await go(page, '/upload');
      await choose(page, files['new names and changes']);
      await planned(page);
      await page.getByRole('radio').nth(1).check();
      await page.getByText(/^With this file, [\d,]+ numbers are removed\.$/).waitFor();
      await assertReadable(page, 'replacing');
    }));
  }

  it('a visitor, an empty place, and no way in', async () => withPage(s, {}, async (page) => {
    for (const view of ['', 'upload', 'signin']) {
      await go(page, `/${view}`);
      await assertGood(page, `/${view}`);
    }
    await page.goto('/data?q=nothinglikethis');
    await page.getByText('No number fits these filters').waitFor();
    await assertGood(page, 'nothing found');
  }));

  it('a chart that is read, and its table', async () => withPage(s, {}, async (page) => {
    await go(page, '/');
    await page.getByRole('slider').first().focus();
    await page.getByText('Show as table').first().click();
    await assertReadable(page, 'a chart with its table');
  }));
}, async (s) => {
  await s.upload(sample, { name: 'sample-year.csv' });
  await s.insightsAtRest();
});

group('looks: nothing there yet', {}, (s) => {
  for (const look of [looks[0], looks.at(-1)]) {
    it(nameOf(look), async () => withPage(s, { ...look, as: await s.asAdmin() }, async (page) => {
      for (const view of addresses) {
        await go(page, `/${view}`);
        await assertGood(page, `/${view}`);
      }
    }));
  }
});

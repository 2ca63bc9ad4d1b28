// Who may do what, and a session that ends in the middle of typing.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { shellSql } from '../integration/lib/database.mjs';
import { sessionAs } from '../integration/lib/session.mjs';
import { group, withPage } from './lib/browser.mjs';
import { button, choose, dialogOf, file, go, message, planned, sample, signIn, storeButton, tidy } from './lib/deeds.mjs';

const REFUSED = /Failed to load resource/;
const endSessions = (s) => shellSql(s.db, 'DELETE FROM session');
const ended = (page) => page.getByRole('dialog', { name: 'Your session has ended' });
const views = (page) => page.getByRole('navigation', { name: 'Views' }).getByRole('link').allInnerTexts();

/** As a browser shows a page that it kept whole when somebody went back to it; gives what is seen of it at once. */
const showAgain = (page) => page.evaluate(() => {
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  return document.documentElement.innerText.trim();
});

async function signInAgain(page, pin) {
  await ended(page).getByLabel('PIN').fill(pin);
  await button(ended(page), 'Sign in').click();
  await ended(page).waitFor({ state: 'detached' });
}

group('session: a public dashboard', {}, (s) => {
  it('signs in, says who one is and what one may, signs out', () => withPage(s, {}, async (page) => {
    await go(page, '/data');
    await signIn(page, s.options.pin);
    await button(page, 'admin (PIN)').click();
    await dialogOf(page).getByText('You are admin (PIN)').waitFor();
    await dialogOf(page).getByText('undo what anybody did').waitFor();
    await button(dialogOf(page), 'Sign out').click();
    await message(page, 'You are signed out.').waitFor();
    assert.equal((await views(page)).includes('Upload'), false);
    assert.equal((await page.context().cookies()).length, 0);
  }));

  it('a wrong PIN is told at its field, and the right one still works', () => withPage(s, { allow: REFUSED }, async (page) => {
    s.allow(/SP0316/);
    await go(page, '/signin');
    const main = page.getByRole('main');
    await main.getByLabel('PIN').fill('000000');
    await button(main, 'Sign in').click();
    await page.getByRole('alert').filter({ hasText: 'That is not the PIN.' }).waitFor({ state: 'attached' });
    assert.equal(await main.getByLabel('PIN').getAttribute('aria-invalid'), 'true');
    await main.getByLabel('PIN').fill(s.options.pin);
    await main.getByLabel('PIN').press('Enter');
    await button(page, 'admin (PIN)').waitFor();
  }));

  it('a viewer sees nothing that a viewer may not do', async () => withPage(s, { as: await sessionAs(s, 'viewer') }, async (page) => {
    await go(page, '/history');
    await page.getByText('uploaded sample-year.csv').waitFor();
    assert.deepEqual((await views(page)).filter((name) => ['Upload', 'Manual entry', 'Manage'].includes(name)), []);
    assert.equal(await button(page, 'Undo').count(), 0);
    for (const view of ['upload', 'entry', 'manage']) {
      await go(page, `/${view}`);
      await page.getByText('This needs another role').waitFor();
      assert.equal(await page.locator('main input, main form').count(), 0, view);
    }
    await go(page, '/data');
    await page.keyboard.press('u');
    assert.equal(new URL(page.url()).pathname, '/data');
  }));

  it('an editor uploads and edits, but deletes and replaces nothing of others', async () => withPage(s, { as: await sessionAs(s, 'editor') }, async (page) => {
    await go(page, '/history');
    await page.getByText('uploaded sample-year.csv').waitFor();
    assert.equal(await button(page, 'Undo').count(), 0, 'the entry is an administrator’s');
    await go(page, '/manage');
    await button(page, 'Edit Friday Prayer').click();
    assert.equal(await button(dialogOf(page), 'Delete its numbers…').count(), 0);
    await go(page, '/upload');
    await choose(page, file(tidy(['Friday Prayer', 'Youtube', '2026-02-06', 1])));
    await planned(page);
    await page.getByLabel(/^Replace what the file names/).waitFor();
    assert.equal(await page.getByLabel(/^Replace everything/).count(), 0);
  }));

  it('a session that ends while numbers are typed: nothing is lost, and saving works after signing in again', async () => withPage(s, { as: await s.signIn(), allow: REFUSED }, async (page) => {
    await go(page, '/entry?service=friday-prayer&week=2026-02-06');
    await page.getByLabel('Facebook', { exact: true }).fill('77');
    endSessions(s);
    await button(page, 'Save').click();
    await ended(page).waitFor();
    await signInAgain(page, s.options.pin);
    assert.equal(await page.getByLabel('Facebook', { exact: true }).inputValue(), '77');
    assert.match(page.url(), /\/entry\?service=friday-prayer&week=2026-02-06$/);
    await button(page, 'Save').click();
    await page.getByText(/one number saved/).first().waitFor();
    assert.deepEqual(s.sql("SELECT viewers FROM weekly_data WHERE service = 'Friday Prayer' AND platform = 'Facebook' AND week_start = '2026-02-06'"), [{ viewers: 77 }]);
  }));

  it('a session that ends with a preview on the page: the file is still chosen, and is stored after signing in again', async () => withPage(s, { as: await s.signIn(), allow: REFUSED }, async (page) => {
    await go(page, '/upload');
    await choose(page, file(tidy(['Friday Prayer', 'Youtube', '2026-02-13', 12]), 'kept.csv'));
    await planned(page);
    endSessions(s);
    await storeButton(page).click();
    await ended(page).waitFor();
    await signInAgain(page, s.options.pin);
    await page.getByText('kept.csv').first().waitFor();
    await button(page, 'Try again').or(storeButton(page)).first().click();
    await page.getByText('Stored', { exact: true }).waitFor();
  }));

  it('a session that ends in a dialog: what was typed in it stays, and can be saved', async () => withPage(s, { as: await s.signIn(), allow: REFUSED }, async (page) => {
    await go(page, '/manage');
    await button(page, 'Edit Campus North').click();
    await page.getByLabel('Name', { exact: true }).fill('Campus in the North');
    endSessions(s);
    await button(page, 'Save').click();
    await ended(page).waitFor();
    await signInAgain(page, s.options.pin);
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Campus in the North');
    await button(page, 'Save').click();
    await message(page, 'Campus in the North is saved.').waitFor();
  }));

  it('“not now” leaves the page as it is, and what needs a session asks for it again', async () => withPage(s, { as: await s.signIn(), allow: REFUSED }, async (page) => {
    await go(page, '/entry?service=friday-prayer&week=2026-03-06');
    await page.getByLabel('Facebook', { exact: true }).fill('5');
    endSessions(s);
    await button(page, 'Save').click();
    await button(ended(page), 'Not now').click();
    await ended(page).waitFor({ state: 'detached' });
    assert.equal(await page.getByLabel('Facebook', { exact: true }).inputValue(), '5');
    await button(page, 'Save').click();
    await signInAgain(page, s.options.pin);
    await button(page, 'Save').click();
    await page.getByText(/one number saved/).first().waitFor();
  }));
}, (s) => s.upload(sample, { name: 'sample-year.csv' }));

group('session: a PIN that is guessed', {}, (s) => {
  it('is told for how many minutes it is not taken, right or wrong', () => withPage(s, { allow: REFUSED }, async (page) => {
    s.allow(/SP0316/);
    await go(page, '/signin');
    const main = page.getByRole('main'), told = page.getByText('Too many wrong PINs. Try again in 15 minutes.').first();
    for (let wrong = 0; wrong < 5; wrong++) {
      await main.getByLabel('PIN').fill('000000');
      await Promise.all([button(main, 'Sign in').click(), page.waitForResponse(/api\/auth$/)]);
      await main.locator('button:not([aria-disabled=true]):not([disabled])').first().waitFor();
    }
    await main.getByLabel('PIN').fill(s.options.pin);
    await main.getByLabel('PIN').press('Enter');
    await told.waitFor();
    assert.deepEqual(await views(page), ['Overview', 'Trends', 'Weekly comparison', 'All services', 'Special events', 'Data', 'History', 'Insights']);
  }));
});

group('session: nothing for strangers', { anonymous: 'none' }, (s) => {
  it('every view is the way to sign in, and shows the figures after it, in the same place', () => withPage(s, { allow: REFUSED }, async (page) => {
    await go(page, '/data?service=friday-prayer');
    await page.getByText('Sign in to see the figures').waitFor();
    assert.deepEqual([await page.locator('table').count(), await page.getByText('Friday Prayer').count()], [0, 0]);
    await page.getByRole('main').getByLabel('PIN').fill(s.options.pin);
    await page.getByRole('main').getByLabel('PIN').press('Enter');
    await page.getByText(/ in all$/).waitFor();
    assert.match(page.url(), /\/data\?service=friday-prayer$/);
  }));

  it('a session that ends is noticed without anything being pressed, and the page stays', async () => withPage(s, { as: await s.signIn(), allow: REFUSED }, async (page) => {
    await go(page, '/manage');
    await button(page, 'Edit Campus North').click();
    await page.getByLabel('Name', { exact: true }).fill('Typed');
    endSessions(s);
    await ended(page).waitFor();
    await button(ended(page), 'Not now').click();
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Typed');
    await button(page, 'Save').click();
    await signInAgain(page, s.options.pin);
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Typed');
  }));

  it('a page that the browser had put aside shows nothing of somebody who has signed out since', async () => {
    const as = await s.signIn();
    await withPage(s, { as, allow: REFUSED }, async (page) => {
      await go(page, '/entry?service=friday-prayer&week=2026-02-06');
      await page.getByLabel('Facebook', { exact: true }).fill('77');
      await s.send('DELETE', '/api/auth', { as });
      const [seen] = await Promise.all([showAgain(page), page.waitForEvent('load')]);
      assert.equal(seen, '', 'nothing is seen before the server has said whose it is');
      await page.getByText('Sign in to do this').waitFor();
      assert.deepEqual([await page.getByText('Friday Prayer').count(), await page.getByLabel('Facebook').count()], [0, 0]);
    });
  });

  it('the same person finds such a page as it was left, and as fresh as any', async () => withPage(s, { as: await s.signIn() }, async (page) => {
    await go(page, '/entry?service=friday-prayer&week=2026-02-06');
    await page.getByLabel('Facebook', { exact: true }).fill('77');
    await Promise.all([showAgain(page), page.waitForRequest(/\/api\/data/)]);
    await page.getByLabel('Facebook', { exact: true }).waitFor();
    assert.equal(await page.getByLabel('Facebook', { exact: true }).inputValue(), '77');
  }));

  it('such a page does not stay empty where the server says nothing', async () => withPage(s, { as: await s.signIn() }, async (page) => {
    await go(page, '/data');
    await page.getByText(/ in all$/).waitFor();
    await page.route(/api\/auth\/me/, () => {}, { times: 1 });
    await Promise.all([showAgain(page), page.waitForEvent('load')]);
    await page.getByText(/ in all$/).waitFor();
  }));

  it('signing out takes the figures off the page', async () => withPage(s, { as: await s.signIn(), allow: REFUSED }, async (page) => {
    await go(page, '/data');
    await page.getByText(/ in all$/).waitFor();
    await button(page, 'admin (PIN)').click();
    await button(dialogOf(page), 'Sign out').click();
    await page.getByText('Sign in to see the figures').waitFor();
    assert.equal(await page.locator('table').count(), 0);
  }));
}, (s) => s.upload(sample, { name: 'sample-year.csv' }));

// The first minutes: an empty installation offers the sample year and takes it out again, and tells what deserves a look.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { group, withPage } from './lib/browser.mjs';
import { button, dialogOf, go, message, saved, signIn, tidy } from './lib/deeds.mjs';

/** So many weeks before a Sunday. */
const day = (weeks) => new Date(Date.UTC(2026, 10, 15) - weeks * 7 * 86_400_000).toISOString().slice(0, 10);
const bell = (page) => page.getByRole('button', { name: /^Worth a look/ });

group('first run', {}, (s) => {
  it('tells a visitor that there is nothing yet, and where to sign in', () => withPage(s, {}, async (page) => {
    await go(page, '/');
    await page.getByRole('heading', { name: 'There are no figures yet' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('main').getByLabel('PIN').waitFor();
  }));

  it('loads the sample year in one click, says that it is invented, and removes it in one', () => withPage(s, {}, async (page) => {
    await go(page, '/');
    await signIn(page, s.options.pin);
    await page.getByRole('heading', { name: 'Welcome to StreamPulse' }).waitFor();
    await button(page, 'Load the sample year').click();
    await page.getByText('These are invented numbers').waitFor();
    await page.getByRole('figure').first().waitFor();
    assert.equal((await s.get('/api/stats')).json().totals.services, 4);
    await button(page, 'Remove the sample').click();
    await message(page, 'The sample is removed.').waitFor();
    await page.getByRole('heading', { name: 'Welcome to StreamPulse' }).waitFor();
    assert.equal((await s.get('/api/stats')).json().totals.services, 0);
    await button(page, 'Put it back').click();
    await page.getByText('These are invented numbers').waitFor();
    await button(page, 'Remove the sample').click();
    await page.getByRole('heading', { name: 'Welcome to StreamPulse' }).waitFor();
  }));

  it('offers a template that the import takes as it is', async () => withPage(s, { as: await s.asAdmin() }, async (page) => {
    await go(page, '/');
    const link = page.getByRole('link', { name: 'template.csv' });
    const { bytes } = await saved(page, () => link.click());
    const plan = (await s.upload(bytes, { fields: { dry_run: 1 } })).json();
    assert.deepEqual([plan.problems, plan.warnings, plan.added > 0], [[], [], true]);
  }));
});

group('notifications', {}, (s) => {
  const onDay = (run) => withPage(s, {}, async (page) => {
    await page.clock.setFixedTime(new Date(`${day(0)}T12:00:00Z`).getTime() + 86_400_000);
    await go(page, '/data');
    await run(page);
  });

  it('a change beyond the threshold and a missing week are told, and are not new any more once seen', () => onDay(async (page) => {
    await page.getByRole('button', { name: 'Worth a look: 2 new' }).click();
    const box = dialogOf(page);
    await box.getByText('Rising').waitFor();
    await box.getByText(/^300 in the week of .* after 100 the week before$/).waitFor();
    await box.getByText('Silent').waitFor();
    await box.getByText(/^no numbers for 3 weeks, from /).waitFor();
    assert.equal(await box.getByText('Steady').count(), 0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Worth a look: nothing new' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Worth a look: nothing new' }).waitFor();
  }));

  it('the threshold can be set, and stays', () => onDay(async (page) => {
    await bell(page).click();
    const choice = dialogOf(page).getByLabel('Tell changes of at least');
    const lowest = (await choice.locator('option').evaluateAll((all) => all.map((one) => one.value))).sort((a, b) => a - b)[0];
    await choice.selectOption(lowest);
    await dialogOf(page).getByText('Steady').waitFor();
    await page.reload();
    await bell(page).click();
    assert.equal(await dialogOf(page).getByLabel('Tell changes of at least').inputValue(), lowest);
  }));

  it('leads to the service', () => onDay(async (page) => {
    await bell(page).click();
    await dialogOf(page).getByRole('link', { name: 'Rising' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    assert.equal(new URL(page.url()).search, '?service=rising');
  }));
}, (s) => s.upload(tidy(
  ['Rising', 'YouTube', day(1), 100], ['Rising', 'YouTube', day(0), 300],
  ['Steady', 'YouTube', day(1), 100], ['Steady', 'YouTube', day(0), 112],
  ['Silent', 'YouTube', day(4), 50], ['Silent', 'YouTube', day(3), 51],
)));

// What is written about the numbers, as it is read: it arrives by itself, every number leads to its rows, and what no longer holds is struck out.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { shellSql } from '../integration/lib/database.mjs';
import { sessionAs } from '../integration/lib/session.mjs';
import { until } from '../integration/lib/server.mjs';
import { group, withPage } from './lib/browser.mjs';
import { button, choose, go, message, number, planned, sample, sampleFile, settled, storeButton, tableOf, tidy } from './lib/deeds.mjs';

const REFUSED = /Failed to load resource/;
const PARTS = ['summary', 'highlights', 'platform_analysis', 'alerts', 'recommendation'];
const sql = (s, text) => shellSql(s.db, text);
const main = (page) => page.getByRole('main');
const values = (page) => main(page).locator('section section').locator('a');
const sentencesOf = (insight) => PARTS.flatMap((part) => insight[part]);

/** Of the page as it stands, however its lines are broken. */
const reads = async (page) => (await main(page).locator('section section').allInnerTexts()).join('\n').replaceAll(/\s+/g, ' ');

async function assertReads(page, insight) {
  const text = await reads(page);
  for (const sentence of sentencesOf(insight)) assert.ok(text.includes(sentence.text.replaceAll(/\s+/g, ' ').trim()), sentence.text);
}

group('written insights: as they come', { main: ['StreamPulseInsightDelay 0'] }, (s) => {
  it('a file is uploaded on one page, and its insight comes to another that nobody touches', () => withPage(s, {}, async (reader) => {
    await go(reader, '/insights');
    await withPage(s, { as: await s.asAdmin() }, async (page) => {
      await go(page, '/upload');
      await choose(page, sampleFile());
      await planned(page);
      await storeButton(page).click();
      await page.getByText('Stored', { exact: true }).waitFor();
    });
    await reader.getByRole('heading', { name: 'Summary' }).waitFor();
    await assertReads(reader, await s.insight());
    await reader.getByText(/^Written by statistics, /).waitFor();
    assert.equal(await reader.getByRole('button', { name: /^Write/ }).count(), 0, 'a visitor asks for none');
  }));

  it('every number in it leads to a view that shows its rows', () => withPage(s, {}, async (page) => {
    await s.insightsAtRest();
    const insight = await s.insight();
    const { events } = (await s.get('/api/special-events')).json();
    for (const { label, rows } of Object.values(insight.facts)) {
      const [view, query] = (rows ?? 'events').split('?');
      const wanted = new URLSearchParams(query);
      if (view === 'events') assert.ok([wanted.get('event'), wanted.get('with')].every((id) => !id || events.some((event) => event.id === id)), `${label}: ${rows}`);
      else assert.ok((await s.data(`?${wanted}`)).services.some(({ total }) => total.some((n) => n !== null)), `${label}: ${rows}`);
    }
    await go(page, '/insights');
    const count = await values(page).count();
    assert.equal(count, sentencesOf(insight).flatMap((sentence) => sentence.values).filter(({ fact }) => insight.facts[fact].rows).length);
    const addresses = [...new Set(await values(page).evaluateAll((links) => links.map((link) => link.getAttribute('href'))))];
    assert.ok(addresses.length > 3, addresses.join(' '));
    for (const address of addresses.slice(0, 8)) {
      await go(page, '/insights');
      await main(page).locator(`section section a[href="${address}"]`).first().click();
      await page.waitForURL((url) => url.pathname + url.search === address);
      await settled(page);
      if (address.startsWith('/data')) {
        await page.getByText(/ in all$/).waitFor();
        assert.ok((await main(page).locator('tbody tr').count()) > 0, address);
      } else {
        await main(page).locator('table, svg').first().waitFor();
      }
    }
  }));

  it('a service and week that a number names are the ones that are shown', () => withPage(s, {}, async (page) => {
    const { facts } = await s.insight();
    const one = Object.values(facts).find(({ rows, unit, from, to, platform, marks }) => rows?.startsWith('data?') && unit === 'viewers' && from && from === to && !platform && !marks.includes('estimate'));
    assert.ok(one, 'a number of one week is in it');
    await go(page, `/${one.rows}`);
    const total = (await tableOf(main(page).locator('table'))).slice(1).reduce((sum, row) => sum + number(row.at(-2)), 0);
    assert.equal(total, one.value, one.label);
  }));

  it('what it is based on is told, as is its text for pasting', () => withPage(s, { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await go(page, '/insights');
    const insight = await s.insight();
    await page.locator('summary').click();
    const table = await tableOf(page.getByRole('table', { name: 'What is this based on?' }));
    const between = Object.values(insight.facts).some((fact) => fact.low_shown) ? ['Between'] : []; // a column of nothing is none
    assert.deepEqual(table[0], ['What it is', 'Value', ...between, 'How', 'Its numbers']);
    assert.deepEqual(table.slice(1).map((row) => row[0]).sort(), Object.values(insight.facts).map((fact) => fact.label.replaceAll(/\s+/g, ' ')).sort());
    await button(page, 'Copy as text').click();
    await message(page, 'Copied.').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    for (const { text } of sentencesOf(insight)) assert.ok(copied.includes(text), text);
    assert.match(copied, /^Summary\n/);
  }));

  it('an editor asks for one; the ones before stay in the list', async () => withPage(s, { as: await sessionAs(s, 'editor') }, async (page) => {
    const first = await s.insight();
    await s.upload(tidy(['Sunday Gathering', 'YouTube', '2026-01-25', 9000]));
    await s.insightsAtRest();
    await go(page, '/insights');
    const second = await s.insight();
    assert.notEqual(second.id, first.id);
    sql(s, "UPDATE ai_insights SET remark = 'the API was down' WHERE id = (SELECT max(id) FROM ai_insights)"); // else it would stand
    await button(page, 'Write one now').click();
    await message(page, 'An insight is on its way.').waitFor();
    await s.insightsAtRest();
    const third = await until('another insight', async () => {
      const now = await s.insight();
      return now.id !== second.id && now;
    });
    await page.waitForFunction((n) => [...document.querySelectorAll('table')].at(-1).tBodies[0].rows.length === n, 3);
    await assertReads(page, third);
    await page.getByRole('button', { name: /^Read: / }).last().click();
    await page.waitForURL(new RegExp(`insight=${first.id}$`));
    await settled(page);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
    await assertReads(page, { ...first });
    await page.getByText('The numbers were changed since this was written').waitFor();
    await button(page, 'The latest insight').click();
    await page.waitForURL(/\/insights$/);
    await assertReads(page, third);
  }));

  it('a list that was read just before the latest was written is read again', () => withPage(s, {}, async (page) => {
    const { insights: [, ...older], ...rest } = (await s.get('/api/insights/history?limit=10')).json();
    await page.route(/api\/insights\/history/, (route) => route.fulfill({ json: { insights: older, ...rest } }), { times: 1 });
    await go(page, '/insights');
    await page.getByRole('button', { name: /^Read: / }).first().waitFor();
    await page.waitForFunction((n) => [...document.querySelectorAll('table')].at(-1).tBodies[0].rows.length === n, older.length + 1);
  }));

  it('why one could not be written', async () => {
    sql(s, "UPDATE insight_job SET state = 'failed', message = 'the disk is <b>full</b>' WHERE id = (SELECT max(id) FROM insight_job)");
    await withPage(s, {}, async (page) => {
      await go(page, '/insights');
      await page.getByText('Writing failed').waitFor();
      await page.getByText('the disk is <b>full</b>').waitFor();
    });
  });

  it('one that is not there is told as what it is', () => withPage(s, { allow: REFUSED }, async (page) => {
    await go(page, '/insights?insight=99999');
    await page.getByText('there is no insight 99999').waitFor();
    await button(page, 'The latest insight').click();
    await page.getByRole('heading', { name: 'Summary' }).waitFor();
  }));
});

group('written insights: numbers that change', {}, (s) => {
  it('what no longer holds is struck out, and heard as such, until another one comes', async () => withPage(s, { as: await s.asAdmin() }, async (page) => {
    await go(page, '/insights');
    await button(page, 'Write one now').click();
    await page.getByRole('heading', { name: 'Summary' }).waitFor();
    assert.equal(await main(page).locator('s').count(), 0);
    const first = await s.insight();
    const latest = Object.values(first.facts).find(({ unit, from, to, service, platform }) => unit === 'viewers' && from && from === to && service && !platform);
    await s.upload(tidy([latest.service, 'YouTube', latest.from, latest.value + 4321]));
    await page.getByText('What is struck out no longer holds.').waitFor();
    const { stale_sentences: stale } = await s.insight();
    assert.ok(stale.length > 0);
    assert.equal(await main(page).locator('s').count(), stale.length);
    assert.equal(await main(page).getByText('(This no longer holds.)').count(), stale.length);
    const [place] = stale;
    assert.ok((await main(page).locator('s').allInnerTexts()).map((text) => text.trim()).includes(first[place.part][place.index].text.trim()));
    await button(page, 'Write one now').click();
    await main(page).locator('s').first().waitFor({ state: 'detached' });
    assert.notEqual((await s.insight()).id, first.id);
  }));

  it('a page that waits asks in the background only, and one that nobody sees asks nothing', async () => {
    await s.insightsAtRest();
    await s.upload(tidy(['Sunday Gathering', 'YouTube', '2026-01-25', 7]));
    await withPage(s, { as: await s.asAdmin() }, async (page) => {
      await page.addInitScript(() => Object.defineProperty(document, 'hidden', { get: () => window.away === true }));
      await go(page, '/insights');
      await page.getByText('An insight is waiting to be written').waitFor();
      const asked = [];
      page.on('request', (request) => request.url().includes('/api/insights') && asked.push(request.headers()['streampulse-background']));
      await until('two rounds of questions', () => asked.length >= 4);
      assert.deepEqual([...new Set(asked)], ['1']);
      await page.evaluate(() => (window.away = true));
      await pause(500);
      asked.length = 0;
      await pause(5000);
      assert.equal(asked.length, 0);
    });
  });

  it('a session that has ended is asked for again', async () => withPage(s, { as: await s.signIn(), allow: REFUSED }, async (page) => {
    await go(page, '/insights');
    sql(s, 'DELETE FROM session');
    s.sessions.clear();
    await button(page, 'Write one now').click();
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  }));
}, (s) => s.upload(sample, { name: 'sample-year.csv' }));

group('written insights: switched off', { main: ['StreamPulseInsights Off'] }, (s) => {
  it('says so, and nobody can ask for one', async () => withPage(s, { as: await s.asAdmin() }, async (page) => {
    await go(page, '/insights');
    await page.getByText('This server writes no insights').waitFor();
    await page.getByText('Insights are switched off on this server.').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Write/ }).count(), 0);
  }));
}, (s) => s.upload(sample, { name: 'sample-year.csv' }));

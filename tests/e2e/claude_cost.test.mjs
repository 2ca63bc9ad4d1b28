// What Claude costs, told to whoever may ask it for an insight: before, afterwards, at the limit of the day, and while it is not asked as it failed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { after, it } from 'node:test';
import { factsOf, makeCertificates, MessagesDouble, report } from '../integration/lib/messages_double.mjs';
import { sessionAs } from '../integration/lib/session.mjs';
import { assertAccessible } from './lib/axe.mjs';
import { group, withPage } from './lib/browser.mjs';
import { button, go, sample } from './lib/deeds.mjs';

const KEY = 'sk-ant-canary-4d7e02b95a', LIVE_MS = 40_000;
const main = [];
const spending = (s, change) => execFileSync('sqlite3', [s.db, '.timeout 5000', `UPDATE insight_spending SET ${change}`]);
const writes = (page) => page.getByRole('button', { name: /^Write/ });

/** True sentences alone. */
const good = (body) => report({ summary: factsOf(body).filter(({ id }) => /^week_total\.(?!_all)/.test(id)).slice(0, 2).map(({ id }) => `[[${id}.service]] counted [[${id}]] viewers in its latest week.`) });

async function prepare(s) {
  makeCertificates(s.file('tls'));
  fs.writeFileSync(s.file('key'), KEY);
  s.own('key');
  fs.chmodSync(s.file('key'), 0o640);
  s.double = await new MessagesDouble(s.file('tls'), KEY).start();
  s.double.write = good;
  main.push('StreamPulseInsightDelay 0', 'StreamPulseAnthropicKeyFile key', 'StreamPulseAnthropicCAFile tls/ca.pem', `StreamPulseAnthropicEndpoint ${s.double.endpoint}`, 'StreamPulseAnthropicPrice 3 15', 'StreamPulseAnthropicMaxTokens 4000',
    'StreamPulseInsightDailyMax 3', 'StreamPulseInsightDailyCost 0.5');
}

group('what Claude costs', { main, prepare }, (s) => {
  after(() => s.double?.stop());
  const asEditor = async (run) => withPage(s, { as: await sessionAs(s, 'editor') }, async (page) => {
    await go(page, '/insights');
    await run(page);
  });

  it('is on the button before, and told with the day and its limits afterwards', () => asEditor(async (page) => {
    assert.match(await writes(page).innerText(), /^Write one now \(at most \S*\$0\.078\)$/);
    await page.getByText(/^Today \(UTC\) claude-sonnet-5-5 was asked for 1 of 3 insights, for \S+0\.0105 of \S+0\.50\./).waitFor();
    await assertAccessible(page, 'what was spent');
    await writes(page).click();
    await page.getByText(/ was asked for 2 of 3 insights, for \S+0\.021 of /).waitFor({ timeout: LIVE_MS });
    await page.getByText(/ It cost \S+0\.0105: 2,000 tokens were read and 300 written\./).waitFor();
  }));

  it('a visitor is told of neither', () => withPage(s, {}, async (page) => {
    await go(page, '/insights');
    await page.getByRole('heading', { name: 'Summary' }).waitFor();
    assert.deepEqual([await page.getByText(/^Today \(UTC\)/).count(), await writes(page).count()], [0, 0]);
  }));

  it('at the limit of the day statistics write, which cost nothing', async () => {
    spending(s, 'jobs = 3');
    await asEditor(async (page) => {
      await page.getByText(/ was asked for 3 of 3 insights, .* The next one would be more than that: statistics write it\.$/).waitFor();
      await button(page, 'Write one now').waitFor();
    });
  });

  it('a service that failed is not asked for a while, and is tried again with the next one after it', async () => {
    spending(s, `jobs = 1, failures = 99, open_ms = ${Date.now()}`);
    await asEditor(async (page) => {
      await page.getByText(/^The AI service failed repeatedly\. It is asked again /).waitFor();
      await button(page, 'Write one now').waitFor();
    });
    spending(s, 'open_ms = 1');
    await asEditor(async (page) => {
      await page.getByText(/It failed repeatedly before; the next insight tries it again\.$/).waitFor();
    });
  });
}, async (s) => {
  await s.upload(sample, { name: 'sample-year.csv' });
  await s.insightsAtRest();
});

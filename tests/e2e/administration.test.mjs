// What an administrator looks after, on the page: people and their sessions, the tokens of programs, the audit log.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { shellSql } from '../integration/lib/database.mjs';
import { sessionAs } from '../integration/lib/session.mjs';
import { group, withPage } from './lib/browser.mjs';
import { button, dialogOf, go, message, sample, saved, settled, tableOf } from './lib/deeds.mjs';

const REFUSED = /Failed to load resource/;
const HOSTILE = ['<img src=x onerror="window.harmed = 1">', `${'long'.repeat(45)}@example.org`, 'عربي example.org', '{{7*7}} ${7*7} &amp; 😀'];
const sql = (s, text) => shellSql(s.db, text);
const table = (page, name) => page.getByRole('table', { name });
const rowOf = (page, text) => page.getByRole('row').filter({ hasText: text });
const paramsOf = (page) => Object.fromEntries(new URL(page.url()).searchParams);
const code = async (promise) => (await promise).status;
const bearer = (secret) => ({ headers: { Authorization: `Bearer ${secret}` } });

async function makeToken(page, name, role = 'viewer') {
  await button(page, 'New token').click();
  const box = dialogOf(page);
  await box.getByLabel('Name').fill(name);
  await box.getByLabel('Role').selectOption(role);
  await button(box, 'Make the token').click();
  return box;
}

const secretIn = async (box) => {
  await box.getByText('It is shown only now').waitFor();
  return box.locator('code').first().innerText();
};

/** Everything that a page can keep a text in. */
const keptIn = (page) => page.evaluate(async () => {
  const caches = (await window.caches?.keys?.()) ?? [];
  return [document.documentElement.outerHTML, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, location.href, JSON.stringify(history.state), ...caches].join('\n');
});

group('administration: tokens', { main: ['StreamPulseTokensMax 3'] }, (s) => {
  it('one is made, shown once, copied, and works until it is revoked', async () => withPage(s, { as: await s.asAdmin(), permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await go(page, '/admin?tab=tokens');
    await page.getByText('There are no tokens yet').waitFor();
    const box = await makeToken(page, 'Weekly sheet', 'editor');
    const secret = await secretIn(box);
    assert.match(secret, /^sp_[\da-f]{64,}$/);
    await button(box, 'Copy: The token').click();
    await message(page, 'Copied.').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), secret);
    assert.match(await box.locator('code').nth(1).innerText(), new RegExp(`^curl .*/api/upload$`));
    await button(box, 'I have kept it').click();
    await box.waitFor({ state: 'detached' });
    assert.equal((await keptIn(page)).includes(secret.slice(3)), false, 'the page has forgotten it');
    assert.equal(s.log().includes(secret.slice(3)), false);
    assert.equal(await code(s.upload(sample, { as: bearer(secret) })), 201);
    await page.reload();
    await settled(page);
    assert.deepEqual((await tableOf(table(page, 'Tokens')))[1].slice(0, 3), ['Weekly sheet', 'editor', 'works']);
    assert.equal((await tableOf(table(page, 'Tokens')))[1][4], '127.0.0.1');
    await button(page, 'Revoke the token Weekly sheet').click();
    await button(dialogOf(page), 'Revoke').click();
    await message(page, 'Weekly sheet is revoked.').waitFor();
    await rowOf(page, 'revoked').waitFor();
    assert.equal(await button(page, 'Revoke the token Weekly sheet').count(), 0);
    assert.equal(await code(s.get('/api/data', { as: bearer(secret) })), 401);
  }));

  it('what is refused is told in a sentence, and what was typed stays', async () => withPage(s, { as: await s.asAdmin(), allow: REFUSED }, async (page) => {
    await go(page, '/admin?tab=tokens');
    const first = await makeToken(page, '  ');
    await first.getByText('It needs a name.').waitFor();
    await first.getByLabel('Name').fill('Robot');
    await first.getByLabel('Days until it expires').fill('400');
    await first.getByText('A number from 1 to 366.').waitFor();
    await first.getByLabel('Days until it expires').fill('7');
    await button(first, 'Make the token').click();
    await secretIn(first);
    await page.keyboard.press('Escape');
    const taken = await makeToken(page, 'ROBOT');
    await taken.getByText('there is a token "Robot" that works', { exact: false }).waitFor();
    assert.equal(await taken.getByLabel('Name').inputValue(), 'ROBOT');
    for (const name of ['Second', 'Third']) {
      await taken.getByLabel('Name').fill(name);
      await button(taken, 'Make the token').click();
      await secretIn(dialogOf(page));
      await page.keyboard.press('Escape');
      await button(page, 'New token').click();
    }
    await taken.getByLabel('Name').fill('Fourth');
    await button(taken, 'Make the token').click();
    await taken.getByText('there are 3 tokens already').waitFor();
  }));

  it('a token makes no tokens: a person is asked for', async () => {
    sql(s, "UPDATE api_token SET revoked_ms = 1 WHERE name = 'Third'");
    const made = await s.post('/api/tokens', { name: 'Root', role: 'admin', expires_in_days: 1 }, { as: await s.asAdmin() });
    await withPage(s, { extraHTTPHeaders: bearer(made.json().secret).headers, allow: REFUSED }, async (page) => {
      await go(page, '/admin?tab=tokens');
      const box = await makeToken(page, 'Heir');
      await box.getByText('This is not for your role').waitFor();
      assert.match(await box.locator('[role=alert]').innerText(), /token/);
    });
  });
});

group('administration: people, sessions and the audit log', {}, (s) => {
  it('names are only text, however they are written', async () => withPage(s, { as: await s.asAdmin() }, async (page) => {
    await go(page, '/admin');
    const names = await table(page, 'People').getByRole('rowheader').allInnerTexts();
    for (const name of HOSTILE) assert.ok(names.includes(name), name);
    assert.equal(await page.evaluate(() => window.harmed), undefined);
    assert.equal(await page.locator('main img').count(), 0);
    for (const name of HOSTILE) {
      await go(page, `/admin?tab=audit&who=${encodeURIComponent(name)}`);
      assert.equal(await page.getByLabel('Who (the whole name)').inputValue(), name);
      await page.getByText('No entry fits').waitFor();
    }
    assert.equal(await page.evaluate(() => window.harmed), undefined);
  }));

  it('what to run at the provider for a person', async () => withPage(s, { as: await s.asAdmin() }, async (page) => {
    await go(page, '/admin');
    await button(page, 'What to run for anna@example.org').click();
    const commands = await dialogOf(page).locator('code').allInnerTexts();
    assert.ok(commands.length > 2 && commands.every((one) => one.startsWith('aws cognito-idp ') && one.includes("'anna@example.org'")), commands.join('\n'));
  }));

  it('somebody else’s session is ended, then one’s own, which asks to sign in again', async () => {
    await s.signIn();
    const own = await s.signIn();
    await withPage(s, { as: own, allow: REFUSED }, async (page) => {
      await go(page, '/admin');
      const sessions = table(page, 'Open sessions'), before = (await tableOf(sessions)).length;
      const end = (row) => row.getByRole('button', { name: /^End the session/ });
      await end(sessions.getByRole('row').filter({ hasNotText: 'this one' })).first().click();
      await message(page, 'The session is ended.').waitFor();
      await page.waitForFunction((rows) => [...document.querySelectorAll('table')].at(-1).rows.length === rows, before - 1);
      await end(rowOf(page, 'this one')).click();
      const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
      await dialog.waitFor();
      await dialog.getByLabel('PIN').fill(s.options.pin);
      await button(dialog, 'Sign in').click();
      await dialog.waitFor({ state: 'detached' });
      await rowOf(page, 'this one').waitFor();
    });
  });

  it('the log is filtered by a name that is typed and a word that is chosen, back and forth, and the file has the same filter', async () => withPage(s, { as: await s.asAdmin() }, async (page) => {
    await go(page, '/admin');
    await page.getByRole('radio', { name: 'Audit log' }).check({ force: true });
    const who = page.getByLabel('Who (the whole name)'), what = page.getByLabel('What', { exact: true });
    await who.fill('admin (PIN)');
    await who.press('Enter');
    await page.waitForURL(/who=/);
    assert.equal(await who.evaluate((field) => field === document.activeElement), true, 'the focus stays where it was');
    await what.selectOption('export');
    await settled(page);
    assert.deepEqual(paramsOf(page), { tab: 'audit', who: 'admin (PIN)', action: 'export' });
    await button(page, 'Older entries').click();
    await page.waitForURL(/before=/);
    await settled(page);
    await who.focus();
    await what.focus();
    assert.ok('before' in paramsOf(page), 'nothing was typed, and nothing changes');
    await button(page, 'Newest entries').click();
    await settled(page);
    const rows = (await tableOf(table(page, 'Audit log'))).slice(1);
    assert.ok(rows.length > 10 && rows.every((row) => row[1] === 'admin (PIN)' && row[2] === 'export'));
    const { bytes } = await saved(page, () => page.getByRole('link', { name: 'Download as CSV' }).click());
    const lines = bytes.toString().trim().split('\n').slice(1);
    assert.ok(lines.length >= rows.length && lines.every((line) => line.includes('export')));
    await page.getByRole('radio', { name: 'Tokens' }).check({ force: true });
    assert.deepEqual(paramsOf(page), { tab: 'tokens' });
    await page.goBack();
    await settled(page);
    assert.equal(await what.inputValue(), 'export');
    await who.fill('nobody');
    await what.focus();
    await page.getByText('No entry fits').waitFor();
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('input[type=search]').value === 'admin (PIN)');
  }));

  it('editors and viewers see nothing of it, also where they type the address', async () => {
    for (const role of ['editor', 'viewer']) {
      await withPage(s, { as: await sessionAs(s, role) }, async (page) => {
        const asked = [];
        page.on('request', (request) => asked.push(new URL(request.url()).pathname));
        await go(page, '/admin?tab=audit');
        await page.getByText('This needs another role').waitFor();
        assert.equal(await page.getByRole('navigation').getByRole('link', { name: 'Administration' }).count(), 0);
        assert.deepEqual(asked.filter((path) => /people|tokens|audit/.test(path)), []);
      });
    }
  });

  it('a session that ends is told of here too', async () => withPage(s, { as: await s.signIn(), allow: REFUSED }, async (page) => {
    await go(page, '/admin?tab=tokens');
    const role = dialogOf(page).getByLabel('Role');
    await button(page, 'New token').click();
    await dialogOf(page).getByLabel('Name').fill('Kept');
    await role.selectOption('admin');
    sql(s, 'DELETE FROM session');
    s.sessions.clear();
    await button(dialogOf(page), 'Make the token').click();
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
    await button(page.getByRole('dialog', { name: 'Your session has ended' }), 'Not now').click();
    assert.equal(await dialogOf(page).getByLabel('Name').inputValue(), 'Kept');
  }));
}, async (s) => {
  await s.upload(sample);
  const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
  const person = (name) => sql(s, `INSERT INTO person (name, method, role, groups, first_seen_ms, last_seen_ms) VALUES (${quoted(name)}, 'oidc', 'editor', 'Editors', 1700000000000, ${Date.now()})`);
  [...HOSTILE, 'anna@example.org'].forEach(person);
  for (let i = 0; i < 110; i++) await s.get('/api/export?service=friday-prayer', { as: await s.asAdmin() });
});

group('administration: nothing may be changed', { location: ['StreamPulseReadOnly "We move to a new server until noon."'] }, (s) => {
  it('every view says why, and a token is refused with it', async () => withPage(s, { as: await s.asAdmin(), allow: REFUSED }, async (page) => {
    await go(page, '/');
    await page.getByText('We move to a new server until noon.').waitFor();
    await go(page, '/admin?tab=tokens');
    const box = await makeToken(page, 'Late');
    await box.getByText('That could not be done').waitFor();
    await box.getByText('We move to a new server until noon.').waitFor();
  }));
});

group('administration: too many requests', { location: ['StreamPulseRateWrites 2/600'] }, (s) => {
  it('how long to wait is told', async () => withPage(s, { as: await s.asAdmin(), allow: REFUSED }, async (page) => {
    s.allow(/SP1311/);
    await go(page, '/admin?tab=tokens');
    for (const name of ['One', 'Two', 'Three']) {
      const box = await makeToken(page, name);
      await box.getByText('It is shown only now').or(box.getByText(/^too many requests: wait \d+ seconds$/)).waitFor();
      await page.keyboard.press('Escape');
    }
    await makeToken(page, 'Four');
    await dialogOf(page).getByText(/^too many requests: wait \d+ seconds$/).waitFor();
  }));
});

// Signing in at a user pool, in a browser: what each role sees and may do, the way out, groups that change, and pages of other sites that post here.
import assert from 'node:assert/strict';
import http from 'node:http';
import { it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { password, Site } from '../integration/lib/site.mjs';
import { PATIENCE_MS } from '../integration/lib/patience.mjs';
import { group, withPage } from './lib/browser.mjs';
import { button, choose, dialogOf, file, go, planned, sampleFile, settled, storeButton, tidy } from './lib/deeds.mjs';

const REFUSED = /Failed to load resource/;
const FIGURE = '987654';
const views = (page) => page.getByRole('navigation', { name: 'Views' }).getByRole('link').allInnerTexts();
const entries = (s) => s.sql('SELECT count(*) AS n FROM entry')[0].n;

/** Fills in the pool's form, which any page leads to. */
async function enter(page, name, address = '/') {
  await page.goto(address);
  await page.getByRole('heading', { name: 'Sign in to the pool' }).waitFor();
  await page.getByLabel('Username').fill(name);
  await page.getByLabel('Password').fill(password);
  await button(page, 'Sign in').click();
  await page.locator('main').waitFor();
}

/** A request that the page would not make, by somebody at its console: {status, code}. */
const byHand = (page, method, path, body) => page.evaluate(async ([m, p, b]) => {
  const res = await fetch(p, { method: m, body: b, headers: b ? { 'Content-Type': 'text/csv' } : {} });
  return { status: res.status, code: (await res.json()).code };
}, [method, path, body]);

group('signing in with Cognito', new Site(), (s) => {
  it('an admin signs in at the pool and uploads, under the name that the pool knows', () => withPage(s, {}, async (page) => {
    await enter(page, 'ada', '/upload');
    await settled(page);
    assert.equal(new URL(page.url()).pathname, '/upload');
    await button(page, 'ada@example.org').waitFor();
    await choose(page, sampleFile());
    await planned(page);
    await storeButton(page).click();
    await page.getByText('Stored', { exact: true }).waitFor();
    assert.deepEqual(s.sql('SELECT DISTINCT actor FROM entry'), [{ actor: 'ada@example.org' }]);
    await choose(page, file(tidy(['Sunday', 'YouTube', '2026-02-01', Number(FIGURE)])));
    await planned(page);
    await storeButton(page).click();
    await page.getByText('Stored', { exact: true }).waitFor();
  }));

  it('a viewer looks, sees no way to change anything, and is refused when the request is made by hand', () => withPage(s, { allow: REFUSED }, async (page) => {
    await enter(page, 'vera');
    await go(page, '/data');
    await page.getByText(/ in all$/).waitFor();
    assert.deepEqual((await views(page)).filter((name) => ['Upload', 'Manual entry', 'Manage'].includes(name)), []);
    const before = entries(s);
    for (const [method, path, body] of [['POST', '/api/upload', tidy(['Sunday', 'YouTube', '2026-01-04', 1])], ['DELETE', '/api/data/sunday'], ['POST', '/api/uploads/1/undo']]) {
      assert.deepEqual(await byHand(page, method, path, body), { status: 403, code: 'role_required' }, path);
    }
    assert.equal(entries(s), before);
  }));

  it('somebody without a group is told so, and sees no figure', () => withPage(s, { allow: REFUSED }, async (page) => {
    await enter(page, 'nemo', '/data');
    await page.getByText(/no access|no group|another role/i).first().waitFor();
    assert.equal(await page.locator('table').count(), 0);
    assert.equal(await page.getByText(FIGURE).count(), 0);
    assert.deepEqual(await byHand(page, 'GET', '/api/data'), { status: 403, code: 'role_required' });
  }));

  it('signing out ends it here and at the pool: Back shows nothing, and the old cookies open nothing', () => withPage(s, { allow: REFUSED }, async (page, context) => {
    await enter(page, 'ada', '/data');
    await page.getByText(/ in all$/).waitFor();
    const cookies = (await context.cookies()).filter((c) => c.domain === '127.0.0.1');
    await button(page, 'ada@example.org').click();
    await dialogOf(page).getByRole('link', { name: 'Sign out' }).or(dialogOf(page).getByRole('button', { name: 'Sign out' })).first().click();
    await page.getByRole('heading', { name: 'Sign in to the pool' }).waitFor();
    await page.goBack().catch(() => undefined);
    await pause(1000);
    assert.equal(await page.locator('table').count(), 0);
    await context.addCookies(cookies);
    await page.goto('/data');
    await page.getByRole('heading', { name: 'Sign in to the pool' }).waitFor();
    const replayed = await context.request.get(`${s.url}/api/data`, { headers: { Cookie: cookies.map((c) => `${c.name}=${c.value}`).join('; ') } });
    assert.equal(replayed.status(), 401);
  }));

  it('an admin who is made a viewer is one at the next renewal of the tokens', () => withPage(s, { allow: REFUSED }, async (page) => {
    s.pool.accessTtl = 62; // they are renewed a minute before they end
    await enter(page, 'ada', '/manage');
    await page.getByRole('link', { name: 'Upload' }).first().waitFor();
    s.pool.users.ada.groups = ['Viewers'];
    await pause(3000);
    assert.deepEqual(await byHand(page, 'DELETE', '/api/data/sunday'), { status: 403, code: 'role_required' });
    await go(page, '/data');
    await page.getByText(/ in all$/).waitFor();
    assert.equal((await views(page)).includes('Upload'), false);
    s.pool.users.ada.groups = ['Admins'];
    s.pool.accessTtl = 3600;
  }));

  for (const planted of [false, true]) {
    it(`pages of another site that post here change nothing${planted ? ', also where the cookie goes along' : ''}`, async (t) => {
      const context = await s.browser.newContext({ baseURL: s.url, ignoreHTTPSErrors: true });
      context.setDefaultTimeout(PATIENCE_MS);
      const evil = await serveEvil(s);
      t.after(async () => {
        await context.close();
        evil.stop();
      });
      s.allow(/AH01630/); // the question by OPTIONS whether the page may send JSON
      const page = await context.newPage();
      await enter(page, 'ada', '/data');
      // As a browser would have it that knows nothing of SameSite, or after a mistake in the configuration.
      if (planted) await context.addCookies((await context.cookies()).filter((c) => c.domain === '127.0.0.1').map((c) => ({ ...c, sameSite: 'None', secure: true })));
      const before = entries(s);
      const sent = [];
      page.on('request', (r) => r.url().startsWith(`${s.url}/api/`) && sent.push(new URL(r.url()).pathname));
      for (const way of ['/form', '/fetch?text/plain', '/fetch?multipart', '/fetch?application/json']) {
        await page.goto(evil.origin + way);
        await page.waitForFunction(() => window.location.pathname.startsWith('/api/') || document.title === 'done');
      }
      assert.equal(entries(s), before);
      assert.deepEqual(sent, ['/api/upload', '/api/data', '/api/upload', '/api/data']);
      if (planted) assert.match(s.log(), /answered 403 cross_site/, 'it was as the person that the form came, and was refused');
      await go(page, '/data');
      assert.equal((await byHand(page, 'POST', '/api/upload', tidy(['Sunday', 'YouTube', '2026-01-11', 5]))).status, 201, 'the person is still signed in, and may');
      await context.request.post(`${s.url}/api/uploads/${s.sql('SELECT max(id) AS id FROM entry')[0].id}/undo`, { headers: { 'Sec-Fetch-Site': 'same-origin' } });
    });
  }
});

const EVIL = {
  '/form': (s) => `<form id="f" method="post" enctype="multipart/form-data" action="${s.url}/api/upload"><textarea name="csv">service,platform,week_start,viewers
Evil,YouTube,2026-01-04,666</textarea></form><script>document.getElementById('f').submit()</script>`,
  '/fetch': (s) => `<script>
    const entry = JSON.stringify({ cells: [{ service: 'Evil', platform: 'YouTube', week_start: '2026-01-04', viewers: 666 }] });
    const form = new FormData();
    form.append('file', new File(['service,platform,week_start,viewers\\nEvil,YouTube,2026-01-04,666\\n'], 'evil.csv', { type: 'text/csv' }));
    const kind = location.search.slice(1);
    const asked = kind === 'multipart' ? fetch('${s.url}/api/upload', { method: 'POST', credentials: 'include', mode: 'no-cors', body: form })
      : fetch('${s.url}/api/data', { method: 'POST', credentials: 'include', mode: kind === 'text/plain' ? 'no-cors' : 'cors', headers: { 'Content-Type': kind }, body: entry });
    asked.catch(() => undefined).finally(() => (document.title = 'done'));
  </script>`,
};

/** Another site: localhost is not 127.0.0.1. */
async function serveEvil(s) {
  const server = http.createServer((req, res) => {
    const page = EVIL[req.url.split('?')[0]];
    res.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html' }).end(page?.(s));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://localhost:${server.address().port}`, stop: () => server.closeAllConnections() ?? server.close() };
}

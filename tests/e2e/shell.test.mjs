// The page itself in a real browser: it runs under its policy at any mount and at the address of any view, comes from the cache the second time, and says what it needs.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { contract } from '../integration/lib/contract.mjs';
import { group, open } from './lib/browser.mjs';

const views = contract.components.schemas.View.enum;

for (const prefix of ['', '/pulse']) {
  group(`the page at "${prefix}/"`, { sites: [{ prefix }] }, (s) => {
    it('runs at the address of each view', async () => {
      const { page, close } = await open(s);
      for (const view of ['', ...views]) {
        const response = await page.goto(`${prefix}/${view}`);
        assert.equal(response.status(), 200, view);
        await page.locator('#root > *').first().waitFor();
      }
      await close();
    });

    it('has a language, a title and one main heading', async () => {
      const { page, close } = await open(s);
      await page.goto(`${prefix}/`);
      await page.locator('h1').first().waitFor();
      assert.deepEqual([await page.locator('html').getAttribute('lang'), await page.locator('h1').count()], ['en', 1]);
      assert.notEqual(await page.title(), '');
      await close();
    });

    it('takes its parts from the cache the second time, compressed the first time', async () => {
      const { page, close } = await open(s);
      const seen = [];
      page.on('response', (r) => seen.push(r));
      await page.goto(`${prefix}/`);
      const parts = seen.filter((r) => r.url().includes('/assets/'));
      assert.ok(parts.length > 0);
      for (const part of parts) assert.ok(['gzip', 'br'].includes(part.headers()['content-encoding']) || Number(part.headers()['content-length']) < 1024, part.url());
      seen.length = 0;
      await page.goto(`${prefix}/trends`);
      for (const part of seen.filter((r) => r.url().includes('/assets/') && parts.some((p) => p.url() === r.url()))) {
        assert.equal(await page.evaluate((url) => performance.getEntriesByName(url)[0].transferSize, part.url()), 0, part.url());
      }
      await close();
    });

    it('is the same page when it is opened again, and loaded anew', async () => {
      const { page, close } = await open(s);
      for (const turn of [() => page.goto(`${prefix}/data`), () => page.reload(), () => page.goto(`${prefix}/data`), () => page.goto('about:blank').then(() => page.goBack())]) {
        await turn();
        await page.locator('h1').waitFor();
      }
      await close();
    });

    it('says what it needs, and where the figures are, to a browser without JavaScript', async () => {
      const { page, close } = await open(s, { javaScriptEnabled: false });
      await page.goto(`${prefix}/`);
      const link = page.locator('noscript a');
      assert.match(await page.locator('body').innerText(), /JavaScript/);
      assert.equal(new URL(await link.getAttribute('href'), page.url()).pathname, `${prefix}/api/export`);
      await close();
    });
  });
}

// A real browser on a real httpd: one of each for a group of tests, and pages whose console and requests are watched.
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { Server } from '../../integration/lib/server.mjs';

const find = () => execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' }).trim();
const args = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A group of tests on one server (s), with its browser (s.browser). prepare(s): once the server runs. Node 18 does not run hooks outside of a group. */
export function group(title, options, define, prepare) {
  describe(title, () => {
    const s = new Server(options);
    before(async () => {
      await s.start();
      await prepare?.(s);
      s.browser = await chromium.launch({ executablePath: find(), args });
    });
    define(s);
    it('leaves nothing undeclared in the error log', () => s.finish());
    after(async () => {
      await s.browser?.close();
      await s.kill();
    });
  });
}

/** A page in a context of its own. Errors and warnings on its console, but for those that options.allow matches, and requests to anybody else fail the test in close(). */
export async function open(s, options = {}) {
  const { allow, ...wanted } = options;
  const origin = `http://127.0.0.1:${s.port}`;
  const context = await s.browser.newContext({ baseURL: origin, ...wanted });
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && !allow?.test(m.text()) && wrong.push(m.text()));
  page.on('pageerror', (e) => wrong.push(String(e)));
  page.on('request', (r) => !/^(data|blob):/.test(r.url()) && new URL(r.url()).origin !== origin && wrong.push(`a request to ${r.url()}`));
  return { page, close: async () => {
    await context.close();
    assert.deepEqual(wrong, []);
  } };
}

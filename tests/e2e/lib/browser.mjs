// A real browser on a real httpd: one of each for a group of tests, and pages whose console, requests and layout are watched.
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { HANGS_MS, PATIENCE_MS } from '../../integration/lib/patience.mjs';
import { Server } from '../../integration/lib/server.mjs';
import { watchShifts } from './shifts.mjs';

const find = () => execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'], { encoding: 'utf8' }).trim();
const args = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const launch = () => chromium.launch({ executablePath: find(), args });

/** A group of tests on one server (s), with its browser (s.browser). options: those of a Server, or one that has not started. prepare(s): once the server runs. Node 18 does not run hooks outside of a group. */
export function group(title, options, define, prepare) {
  describe(title, { timeout: HANGS_MS }, () => {
    const s = options instanceof Server ? options : new Server(options);
    const end = async () => {
      await s.browser?.close();
      await s.kill();
    };
    before(async () => {
      try {
        await s.start();
        await prepare?.(s);
        s.browser = await launch();
      } catch (cause) {
        await end(); // Node 18 runs no after() then, and what still runs keeps the tests from ending
        throw cause;
      }
    });
    define(s);
    it('leaves nothing undeclared in the error log', () => s.finish());
    after(end);
  });
}

const originOf = (s) => s.url ?? `http://127.0.0.1:${s.port}`;
/** Where a page may go: to its own server, and to the login page that this one sends people to. */
const originsOf = (s) => [originOf(s), s.pool?.origin];

/** The cookie of a session ({headers} of signIn or sessionAs) as the browser keeps it. */
function cookieOf(s, as) {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(as.headers.Cookie);
  return { name, value, url: originOf(s), httpOnly: true, sameSite: 'Strict' };
}

function watch(page, origins, allow) {
  const wrong = [];
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && !allow?.test(m.text()) && wrong.push(m.text()));
  page.on('pageerror', (e) => wrong.push(String(e)));
  page.on('request', (r) => !/^(data|blob):/.test(r.url()) && !origins.includes(new URL(r.url()).origin) && wrong.push(`a request to ${r.url()}`));
  return wrong;
}

/**
 * A page in a context of its own, on a known screen in a known language and time zone. options: Playwright's for a context; as: a session; allow: what may stand on the console.
 * close() fails the test on errors and warnings on the console, and on requests to anybody else.
 */
export async function open(s, options = {}) {
  const { allow, as, ...wanted } = options;
  const context = await s.browser.newContext({ baseURL: originOf(s), viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'Europe/London', ignoreHTTPSErrors: true, ...wanted });
  context.setDefaultTimeout(PATIENCE_MS);
  if (as) await context.addCookies([cookieOf(s, as)]);
  await watchShifts(context);
  const page = await context.newPage();
  const wrong = watch(page, originsOf(s), allow);
  return { page, context, wrong, close: async () => {
    await context.close();
    assert.deepEqual(wrong, []);
  } };
}

/** Opens, runs and closes: whatever the test does not declare fails it. */
export async function withPage(s, options, run) {
  const { page, context, wrong, close } = await open(s, options);
  try {
    await run(page, context);
  } catch (cause) {
    await context.close();
    if (wrong.length > 0) cause.message += `\non the console: ${wrong.join('\n')}`;
    throw cause;
  }
  await close();
}

// What a person does on the page, by the names that things have there.
import fs from 'node:fs';
import path from 'node:path';
import { repo } from '../../integration/lib/server.mjs';

export const sample = fs.readFileSync(path.join(repo, 'tests/data/sample-year.csv'));
export const dialogOf = (page) => page.locator('dialog[open]');
export const button = (where, name) => where.getByRole('button', { name, exact: true });
/** The message in the corner. */
export const message = (page, text) => page.getByRole('status').filter({ hasText: text }).last();

const cell = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : value);
export const csv = (...rows) => rows.map((row) => row.map(cell).join(',')).join('\n') + '\n';
export const tidy = (...rows) => csv(['service', 'platform', 'week_start', 'viewers'], ...rows);
export const file = (text, name = 'sheet.csv') => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
export const sampleFile = () => file(sample, 'sample-year.csv');

/** A view's own heading stands there, and nothing is being loaded. */
export async function settled(page) {
  await page.locator('h1').waitFor();
  await page.waitForFunction(() => getComputedStyle(document.querySelector('main')).visibility === 'visible' && !document.querySelector('main [role=status]')?.textContent?.startsWith('Loading') && ![...document.querySelectorAll('main .visually-hidden')].some((one) => one.textContent === 'Loading…'));
}

export async function go(page, address) {
  await page.goto(address);
  await settled(page);
}

export async function signIn(page, pin) {
  await button(page, 'Sign in').first().click();
  const box = dialogOf(page);
  await box.getByLabel('PIN').fill(pin);
  await button(box, 'Sign in').click();
  await box.waitFor({ state: 'detached' });
}

/** Chooses a file on the upload view and waits for what comes of it. */
export async function choose(page, what) {
  await page.locator('input[type=file]').first().setInputFiles(what);
}

export const storeButton = (page) => page.getByRole('button', { name: /^Store/ });
/** The counts of the preview, by name. */
export const planned = async (page) => {
  await storeButton(page).or(page.getByText('Nothing to change').first()).first().waitFor();
  const tiles = page.getByRole('region', { name: 'What would change' }).locator('button[aria-pressed]');
  const said = await tiles.evaluateAll((all) => all.map((tile) => [...tile.children].map((part) => part.innerText)));
  return Object.fromEntries(said.map(([kind, count]) => [kind.toLowerCase(), number(count)]));
};

export const number = (text) => Number(text.replaceAll(/[,\s\u00a0]/g, ''));

export async function bytesOf(download) {
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What a click makes the browser save: {name, bytes}. */
export async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), bytes: await bytesOf(download) };
}

/** The rows of a table as arrays of texts, its headings first. */
export const tableOf = (table) => table.locator('tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));

// What is looked at can be taken away: as the file of exactly what the filters show, as a picture, on paper.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { it } from 'node:test';
import zlib from 'node:zlib';
import { parseCsv } from '../integration/lib/sheet.mjs';
import { build } from '../integration/lib/server.mjs';
import { group, withPage } from './lib/browser.mjs';
import { button, go, sample, saved } from './lib/deeds.mjs';

/** {width, height, colours}: of an 8 bit RGBA or RGB picture that is not interlaced. */
function readPng(bytes) {
  assert.equal(bytes.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
  const width = bytes.readUInt32BE(16), height = bytes.readUInt32BE(20);
  const parts = [];
  for (let at = 8; at < bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + size));
    at += size + 12;
  }
  return { width, height, distinct: new Set(zlib.inflateSync(Buffer.concat(parts))).size };
}

group('taking away', {}, (s) => {
  it('the file has exactly the numbers that the filters show', () => withPage(s, {}, async (page) => {
    for (const query of ['', '?platform=facebook', '?service=friday-prayer&from=2025-03-01&to=2025-06-30', '?range=4w', '?as_of=1&platform=instagram']) {
      await go(page, `/data${query}`);
      const { bytes } = await saved(page, () => page.getByRole('link', { name: /^CSV/ }).click());
      const [head, ...rows] = parseCsv(bytes.toString());
      const at = (name) => head.indexOf(name);
      const weekly = rows.filter((row) => row[at('viewers')] && !row[at('event')]);
      const sum = weekly.reduce((all, row) => all + Number(row[at('viewers')]), 0);
      if (weekly.length === 0) await page.getByText('No number fits these filters').waitFor();
      else await page.getByText(`${weekly.length === 1 ? 'One number' : `${weekly.length.toLocaleString('en-GB')} numbers`}, ${sum.toLocaleString('en-GB')} in all`).waitFor();
    }
  }));

  it('a chart is saved as SVG and as PNG, named after it', () => withPage(s, {}, async (page) => {
    await go(page, '/?service=sunday-gathering');
    const svg = await saved(page, () => button(page, 'Save as SVG').first().click());
    assert.match(svg.name, /\.svg$/);
    const problems = await page.evaluate((text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent ?? null, svg.bytes.toString());
    assert.equal(problems, null);
    assert.ok((svg.bytes.toString().match(/<path/g) ?? []).length > 5);
    assert.doesNotMatch(svg.bytes.toString(), /(?:href|src)=|url\(|class=/, 'it needs nothing else');
    const png = await saved(page, () => button(page, 'Save as PNG').first().click());
    assert.match(png.name, /\.png$/);
    const { width, height, distinct } = readPng(png.bytes);
    assert.ok(width >= 1200 && height >= 600 && distinct > 20, `${width} x ${height}, ${distinct}`);
  }));

  it('a series that is hidden is in no picture', () => withPage(s, {}, async (page) => {
    await go(page, '/?service=sunday-gathering');
    await page.getByRole('list', { name: /^Series/ }).first().getByRole('button', { name: 'Telegram' }).click();
    const { bytes } = await saved(page, () => button(page, 'Save as SVG').first().click());
    assert.doesNotMatch(bytes.toString(), />Telegram</);
  }));

  it('on paper there are the figures and no controls, also from a dark page', async () => withPage(s, { as: await s.asAdmin(), colorScheme: 'dark' }, async (page) => {
    for (const view of ['', 'trends', 'weekly', 'services', 'events', 'data']) {
      await go(page, `/${view}`);
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
      const shown = await page.evaluate(() => {
        const isShown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && one.getBoundingClientRect().height > 1;
        const all = (selector) => [...document.querySelectorAll(selector)].filter(isShown).map((one) => `${one.tagName} ${one.getAttribute('aria-label') ?? one.textContent.slice(0, 40)}`);
        return { controls: all('nav, header button, select, input:not([type=range]), main button:not(table button):not([aria-pressed]), [role=status] button'), content: all('h1, h2, svg[role=img], table').length, ground: getComputedStyle(document.body).backgroundColor };
      });
      assert.deepEqual(shown.controls, [], `/${view}`);
      assert.ok(shown.content > 2, `/${view}: ${shown.content}`);
      assert.ok(['rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'].includes(shown.ground), shown.ground);
      const pdf = await page.pdf({ format: 'A4' });
      assert.ok(pdf.subarray(0, 5).toString() === '%PDF-' && pdf.length > 10_000, `/${view}: ${pdf.length} bytes`);
      if (process.env.SP_KEEP) fs.writeFileSync(`${build}/paper-${view || 'overview'}.pdf`, pdf);
      await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
      await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    }
  }));
}, async (s) => {
  await s.upload(sample, { name: 'sample-year.csv' });
  await s.upload('service,platform,week_start,viewers\nFriday Prayer,Instagram,2025-01-03,9999\n', { name: 'later.csv' });
});

// A media team's sheet as a model: reads the two well-formed ones, and writes them again in every shape that people send. Shares no code with the module.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const repo = path.resolve(here, '../../..');

/** The years there are: [{name, csv, expected}]; the real one only where it lies beside the repository. */
export function years() {
  const all = [{ name: 'sample year', csv: path.join(repo, 'tests/data/sample-year.csv'), json: path.join(repo, 'tests/data/sample-year.expected.json') }];
  const shared = process.env.SP_SHARED ?? path.resolve(repo, '../shared');
  const real = { name: 'real year', csv: path.join(shared, 'data/jhb-2025-sheet.csv'), json: path.join(shared, 'data/jhb-2025-expected.json') };
  if (existsSync(real.csv) && existsSync(real.json)) all.push(real);
  return all.map(({ name, csv, json }) => ({ name, csv: readFileSync(csv), expected: JSON.parse(readFileSync(json, 'utf8')) }));
}

/** RFC 4180, for well-formed text only. */
export function parseCsv(text, delimiter = ',') {
  const rows = [];
  let row = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    rows.push(row);
    row = [];
    cell = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === delimiter) {
      row.push(cell);
      cell = '';
    } else if (c === '\n') endRow();
    else if (c !== '\r') cell += c;
  }
  if (cell !== '' || row.length) endRow();
  return rows;
}

const iso = (y, m, d) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthNumber = (word) => MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;

function fullDate(text) {
  const m = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
  return m ? iso(Number(m[3]), Number(m[1]), Number(m[2])) : null;
}

/** Month and day of a day without a year, as [month, day]; null for anything else. */
function yearlessDay(text) {
  const t = text.trim();
  let m;
  if ((m = /^(\d{2})-(\d{2})$/.exec(t))) return [Number(m[1]), Number(m[2])];
  if ((m = /^([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?$/.exec(t)) && monthNumber(m[1])) return [monthNumber(m[1]), Number(m[2])];
  if ((m = /^(\d{1,2}) ([A-Za-z]{3,9})$/.exec(t)) && monthNumber(m[2])) return [monthNumber(m[2]), Number(m[1])];
  if (/^[A-Za-z]{3,9}$/.test(t) && monthNumber(t)) return [monthNumber(t), 1];
  return null;
}

const viewers = (text) => (/^\s*[\d,]+\s*$/.test(text) ? Number(text.replaceAll(',', '')) : null);
const blank = (cells) => cells.every((c) => c.trim() === '');

/**
 * {services: [{name, months: [{dates, rows: [{label, cells}], totals}]}], events: [{name, days: [{text, date}], rows, totals}]}: cells and totals are the texts, dates ISO.
 * For the layout of the two files only: the names of the services in one row, date rows labelled "Date", total rows labelled "Total…" or not at all.
 */
export function readSheet(bytes) {
  const rows = parseCsv(bytes.toString('utf8'));
  const part = rows.findIndex((r) => /^special (programs|events)$/i.test(r[0].trim()));
  const firstDates = rows.findIndex((r) => r.some((c) => c === 'Date'));
  const names = rows[firstDates - 1];
  const starts = rows[firstDates].map((c, i) => (c === 'Date' ? i : -1)).filter((i) => i >= 0);
  const services = starts.map((start, n) => ({ name: names[start].trim(), ...readBlocks(rows.slice(firstDates, part), start, starts[n + 1] ?? rows[firstDates].length) }));
  const span = services.flatMap((s) => s.months.flatMap((m) => m.dates)).sort();
  return { services, events: readEvents(rows.slice(part + 1), span[0], span.at(-1)) };
}

function readBlocks(rows, start, end) {
  const months = [];
  let month = null;
  for (const row of rows) {
    const label = (row[start] ?? '').trim();
    const cells = row.slice(start + 1, end);
    if (label === 'Date') {
      const dates = cells.map(fullDate).filter(Boolean);
      month = { dates, rows: [], totals: dates.map(() => '') };
      months.push(month);
    } else if (month && /^(total.*)?$/i.test(label)) {
      if (label || !blank(cells)) month.totals = cells.slice(0, month.dates.length);
      month = null;
    } else if (month) month.rows.push({ label: row[start], cells: cells.slice(0, month.dates.length) });
  }
  return { months };
}

function readEvents(rows, first, last) {
  const events = [];
  let event = null;
  for (const row of rows) {
    if (blank(row)) event = null;
    else if (!event) events.push((event = { name: row[0].trim(), days: row.slice(1).filter((c) => c.trim()).map((text) => ({ text })), rows: [], totals: [] }));
    else if (/^total/i.test(row[0].trim())) event.totals = row.slice(1, 1 + event.days.length);
    else event.rows.push({ label: row[0], cells: row.slice(1, 1 + event.days.length) });
  }
  const seen = new Map();
  for (const e of events) {
    const after = seen.get(fold(e.name)) ?? '';
    for (const day of e.days) day.date = fullDate(day.text) ?? earliest(yearlessDay(day.text), first, last, after);
    seen.set(fold(e.name), e.days.map((d) => d.date).sort().at(-1));
  }
  return events;
}

function earliest([month, mday], first, last, after) {
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year++) {
    const date = iso(year, month, mday);
    if (date >= first && date <= last && date > after) return date;
  }
  throw new Error(`no year puts ${month}-${mday} between ${first} and ${last}`);
}

/** As names are matched: case, accents, spaces and punctuation do not count. */
export function fold(name) {
  return name.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Every number the sheet says: {weekly: Map("service|platform|date" → n), events: Map("event|first day|platform|date" → n)}. */
export function truth(model) {
  const weekly = new Map();
  const events = new Map();
  for (const s of model.services)
    for (const m of s.months)
      for (const r of m.rows)
        m.dates.forEach((date, i) => {
          const n = viewers(r.cells[i] ?? '');
          if (n !== null) weekly.set(`${fold(s.name)}|${fold(r.label)}|${date}`, n);
        });
  for (const e of model.events) {
    const said = e.rows.flatMap((r) => e.days.map((d, i) => ({ platform: fold(r.label), date: d.date, n: viewers(r.cells[i] ?? '') }))).filter((c) => c.n !== null);
    const first = said.map((c) => c.date).sort()[0];
    for (const c of said) events.set(`${fold(e.name)}|${first}|${c.platform}|${c.date}`, c.n);
  }
  return { weekly, events };
}

/** The same two maps from an answer of GET /api/data. */
export function told(data) {
  const weekly = new Map();
  const events = new Map();
  const platformName = (owner, id) => fold(owner.platforms.find((p) => p.id === id).name);
  for (const s of data.services)
    for (const [id, column] of Object.entries(s.viewers))
      column.forEach((n, i) => n !== null && weekly.set(`${fold(s.name)}|${platformName(s, id)}|${s.week_start[i]}`, n));
  for (const e of data.events)
    for (const [id, column] of Object.entries(e.viewers))
      column.forEach((n, i) => n !== null && events.set(`${fold(e.name)}|${e.start_date}|${platformName(e, id)}|${e.day[i]}`, n));
  return { weekly, events };
}

/** The answer of GET /api/data in the shape of the expected totals. */
export function totalsOf(data) {
  const sum = (column) => column.reduce((a, n) => a + (n ?? 0), 0);
  const services = data.services.map((s) => {
    const peak = s.total.indexOf(Math.max(...s.total.filter((n) => n !== null)));
    const weeks = s.total.length;
    return {
      service: s.name, weeks, first_week: s.week_start[0], last_week: s.week_start.at(-1), viewers: sum(s.total),
      peak: { week: s.week_start[peak], viewers: s.total[peak] }, latest: s.total[weeks - 1], previous: s.total[weeks - 2],
      platform_viewers: Object.fromEntries(s.platforms.map((p) => [p.name, sum(s.viewers[p.id])])),
    };
  });
  const list = data.events.map((e) => ({ name: e.name, days: e.total.filter((n) => n !== null).length, viewers: sum(e.total) }));
  return {
    weekly: { grand_total: services.reduce((a, s) => a + s.viewers, 0), services },
    events: { count: list.length, grand_total: list.reduce((a, e) => a + e.viewers, 0), list },
  };
}

const byName = (key) => (a, b) => fold(a[key]).localeCompare(fold(b[key])) || a.viewers - b.viewers;

/** Both in a form that can be compared: names folded, order by name, and what only one file has left out. */
export function comparable(totals) {
  const services = totals.weekly.services.map((s) => ({
    ...s, service: fold(s.service),
    platform_viewers: Object.fromEntries(Object.entries(s.platform_viewers).map(([k, v]) => [fold(k), v]).sort(([a], [b]) => a.localeCompare(b))),
  })).sort(byName('service'));
  const list = totals.events.list.map(({ name, days, viewers: n }) => ({ name: fold(name), days, viewers: n })).sort(byName('name'));
  return { weekly: { grand_total: totals.weekly.grand_total, services }, events: { count: totals.events.count, grand_total: totals.events.grand_total, list } };
}

const dateForms = {
  slash: (d) => `${Number(d.slice(5, 7))}/${Number(d.slice(8))}/${d.slice(0, 4)}`,
  short: (d) => `${Number(d.slice(5, 7))}/${Number(d.slice(8))}/${d.slice(2, 4)}`,
  iso: (d) => d,
  dayFirst: (d) => `${Number(d.slice(8))}/${Number(d.slice(5, 7))}/${d.slice(0, 4)}`,
};

const cases = { same: (s) => s, upper: (s) => s.toUpperCase(), lower: (s) => s.toLowerCase() };

/**
 * Writes a model as bytes. Options: order (indexes of services), blankRows, totalLabel (null: as blank), title (text above all), names ('top' | 'month' | 'date'), dates (a key of
 * dateForms), delimiter, eol, pad, letters ('same' | 'upper' | 'lower'), gap (blank columns between services), dropEmpty (platform rows without a number are left out, so that heights
 * vary), turn (rotates platform rows), part (heading of part B), encoding (see encode).
 */
export function writeSheet(model, options = {}) {
  const o = { blankRows: true, totalLabel: null, title: null, names: 'top', dates: 'slash', delimiter: ',', eol: '\r\n', pad: '', letters: 'same', gap: 1, dropEmpty: false, turn: 0,
    part: 'Special Programs', encoding: 'utf8', ...options };
  const services = (o.order ?? model.services.map((_, i) => i)).map((i) => model.services[i]);
  const rows = [...weeklyRows(services, o), [o.part], ...eventRows(model.events, o)];
  if (o.title) rows.unshift([o.title]);
  return encode(rows.map((r) => r.map((c) => quote(c.trim() ? o.pad + c + o.pad : c, o.delimiter)).join(o.delimiter)).join(o.eol) + o.eol, o.encoding);
}

function quote(cell, delimiter) {
  return cell.includes('"') || cell.includes(delimiter) || /[\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function weeklyRows(services, o) {
  const letters = cases[o.letters];
  const widths = services.map((s) => 1 + Math.max(...s.months.map((m) => m.dates.length)));
  const line = (blocks) => blocks.flatMap((cells, n) => [...cells, ...Array(widths[n] - cells.length + (n + 1 < blocks.length ? o.gap : 0)).fill('')]);
  const titles = line(services.map((s) => [s.name]));
  const rows = o.names === 'top' ? [titles] : [];
  for (let m = 0; m < services[0].months.length; m++) {
    if (o.names === 'month') rows.push(titles);
    const blocks = services.map((s) => block(s, s.months[m], o, letters));
    for (let n = 0; n < Math.max(...blocks.map((b) => b.length)); n++) rows.push(line(blocks.map((b) => b[n] ?? [])));
    if (o.blankRows) rows.push(line(services.map(() => [])));
  }
  return rows;
}

function block(service, month, o, letters) {
  const kept = o.dropEmpty ? month.rows.filter((r) => r.cells.some((c) => viewers(c) !== null)) : month.rows;
  const turned = kept.map((_, i) => kept[(i + o.turn) % kept.length]);
  const head = o.names === 'date' ? service.name : letters('Date');
  return [
    [head, ...month.dates.map(dateForms[o.dates])],
    ...turned.map((r) => [letters(r.label), ...r.cells]),
    [o.totalLabel ?? '', ...month.totals],
  ];
}

function eventRows(events, o) {
  const letters = cases[o.letters];
  return events.flatMap((e) => [
    [e.name, ...e.days.map((d) => (fullDate(d.text) ? dateForms[o.dates](d.date) : o.dates === 'dayFirst' ? d.text.replace(/^(\d\d)-(\d\d)$/, '$2-$1') : d.text))],
    ...e.rows.map((r) => [letters(r.label), ...r.cells]),
    [o.totalLabel ?? 'Total', ...e.totals],
    ...(o.blankRows ? [['']] : []),
  ]);
}

const CP1252 = new Map([['\u2019', 0x92], ['\u2018', 0x91], ['\u2013', 0x96], ['\u20ac', 0x80]]);

/** utf8, utf8bom, utf16le, utf16be (both with BOM), cp1252. */
export function encode(text, encoding) {
  switch (encoding) {
    case 'utf8': return Buffer.from(text, 'utf8');
    case 'utf8bom': return Buffer.from('\ufeff' + text, 'utf8');
    case 'utf16le': return Buffer.from('\ufeff' + text, 'utf16le');
    case 'utf16be': return Buffer.from('\ufeff' + text, 'utf16le').swap16();
    case 'cp1252': return Buffer.from([...text].map((c) => CP1252.get(c) ?? (c.charCodeAt(0) < 256 ? c.charCodeAt(0) : 0x3f)));
    default: throw new Error(`no encoding ${encoding}`);
  }
}

/** Every re-arrangement that must give the same numbers: [[name, options]]. */
export function variants(model) {
  const reversed = model.services.map((_, i) => i).reverse();
  return [
    ['written again as it was', {}],
    ['services in another order', { order: reversed }],
    ['services in a third order, wide gaps', { order: [...reversed.slice(1), reversed[0]], gap: 3 }],
    ['no column between services', { gap: 0 }],
    ['blocks of unequal height', { dropEmpty: true }],
    ['blocks of unequal height, no blank rows', { dropEmpty: true, blankRows: false }],
    ['platforms in another order', { turn: 2 }],
    ['no blank rows', { blankRows: false }],
    ['Total labels', { totalLabel: 'Total' }],
    ['Total labels, no blank rows, another order', { totalLabel: 'TOTAL VIEWERS', blankRows: false, order: reversed }],
    ['a title row above', { title: 'Online attendance 2025' }],
    ['names above every month', { names: 'month' }],
    ['names above every month, no blank rows', { names: 'month', blankRows: false }],
    ['names as the label of the date row', { names: 'date' }],
    ['a title row above names in the date row', { names: 'date', title: 'Streaming numbers' }],
    ['two-digit years', { dates: 'short' }],
    ['ISO dates', { dates: 'iso' }],
    ['days before months', { dates: 'dayFirst' }],
    ['semicolons', { delimiter: ';' }],
    ['tabs', { delimiter: '\t' }],
    ['UTF-8 with a BOM', { encoding: 'utf8bom' }],
    ['UTF-16LE', { encoding: 'utf16le' }],
    ['UTF-16BE, tabs', { encoding: 'utf16be', delimiter: '\t' }],
    ['Windows-1252', { encoding: 'cp1252' }],
    ['LF', { eol: '\n' }],
    ['CR', { eol: '\r' }],
    ['padded cells', { pad: '  ' }],
    ['labels in capitals', { letters: 'upper', totalLabel: 'TOTAL', part: 'SPECIAL PROGRAMS' }],
    ['labels in small letters', { letters: 'lower', totalLabel: 'total', part: 'special events' }],
    ['all of it at once', { order: reversed, dropEmpty: true, blankRows: false, totalLabel: 'Total', title: 'Numbers', dates: 'short', delimiter: ';', encoding: 'utf16le', pad: ' ', letters: 'upper',
      eol: '\n' }],
  ];
}

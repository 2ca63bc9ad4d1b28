// Every fact of a year has the address of its rows: its value, counted again from exactly what the API answers there, is the value that it shows.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { admin, assert, it, repo, suite } from './lib/server.mjs';

const REAL_YEAR = path.join(process.env.SP_SHARED ?? path.resolve(repo, '../shared'), 'data/jhb-2025-sheet.csv');
const YEARS = [['the sample year', path.join(repo, 'tests/data/sample-year.csv')], ['the real year', REAL_YEAR]].filter(([, file]) => fs.existsSync(file));
const WEEK_MS = 7 * 86_400_000;

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const mean = (numbers) => sum(numbers) / numbers.length;
const round = (x) => Math.sign(x) * Math.round(Math.abs(x) + 1e-9);
const tenths = (x) => round(10 * x) / 10;
const percent = (now, before) => tenths((100 * (now - before)) / before);
const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};
const daysBetween = (a, b) => (Date.parse(b) - Date.parse(a)) / 86_400_000;
const mondayOf = (day) => new Date(Date.parse(day) - ((new Date(day).getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);

/** [{week, viewers}] of one series, of the weeks that have a number. */
const weeksOf = ({ week_start, total }) => week_start.map((week, i) => ({ week, viewers: total[i] })).filter(({ viewers }) => viewers !== null);

/** Several series by calendar week; of one its own weeks. */
function together(services, ofAll) {
  const weeks = new Map();
  for (const { week, viewers } of services.flatMap(weeksOf)) weeks.set(ofAll ? mondayOf(week) : week, (weeks.get(ofAll ? mondayOf(week) : week) ?? 0) + viewers);
  return [...weeks].sort().map(([week, viewers]) => ({ week, viewers }));
}

const PERIOD = { month: (day) => day.slice(0, 7), quarter: (day) => `${day.slice(0, 4)} ${Math.floor((Number(day.slice(5, 7)) - 1) / 3)}`, year: (day) => day.slice(0, 4) };
const LEAST = { month: 2, quarter: 6, year: 26 };

/** The latest period of the rows against the first: sums of the means of those services that have both. */
function changeOfPeriods(services, unit) {
  const periodOf = PERIOD[unit];
  const all = [...new Set(services.flatMap(weeksOf).map(({ week }) => periodOf(week)))].sort();
  const of = (series, period) => weeksOf(series).filter(({ week }) => periodOf(week) === period).map(({ viewers }) => viewers);
  const pairs = services.map((series) => [of(series, all.at(-1)), of(series, all[0])]).filter((both) => both.every((numbers) => numbers.length >= LEAST[unit]));
  return percent(sum(pairs.map(([now]) => mean(now))), sum(pairs.map(([, before]) => mean(before))));
}

/** Theil and Sen: the median of the slopes of all pairs, per week. */
const slope = (rows) => median(rows.flatMap((a, i) => rows.slice(i + 1).map((b) => (b.viewers - a.viewers) / ((Date.parse(b.week) - Date.parse(a.week)) / WEEK_MS))));

const first = ({ viewers }) => viewers[0];
const difference = ({ viewers }) => viewers.at(-1) - viewers[0];
const change = ({ viewers }) => percent(viewers.at(-1), viewers[0]);
const gapsIn = (rows) => rows.slice(1).filter(({ week }, i) => daysBetween(rows[i].week, week) > 7).length;
const only = (read) => (asked) => {
  assert.equal(asked.rows.length, 1, 'one row');
  return read(asked);
};

/** What each kind is of its rows; around: the rows of all platforms of the service, or of all services, on the same days. */
const COUNTED = {
  total: ({ viewers }) => sum(viewers), platform_total: ({ viewers }) => sum(viewers), weeks: ({ rows }) => rows.length, mean: ({ viewers }) => round(mean(viewers)), usual: ({ viewers }) => round(median(viewers)),
  week_total: only(first), week_before: only(first), record_high: only(first), record_low: only(first), outlier: only(first), platform_outlier: only(first), record_platform: only(first), platform_first: only(first), platform_last: only(first),
  platform_started: only(({ rows }) => rows[0].week), platform_ended: only(({ rows }) => rows[0].week),
  week_difference: difference, week_difference_platform: difference, week_change: change, week_change_year: change,
  month_mean: ({ viewers }) => round(mean(viewers)), quarter_mean: ({ viewers }) => round(mean(viewers)), year_mean: ({ viewers }) => round(mean(viewers)),
  month_change: ({ services }) => changeOfPeriods(services, 'month'), quarter_change: ({ services }) => changeOfPeriods(services, 'quarter'), year_change: ({ services }) => changeOfPeriods(services, 'year'),
  month_change_year: ({ services }) => changeOfPeriods(services, 'month'), quarter_change_year: ({ services }) => changeOfPeriods(services, 'quarter'),
  record_factor: ({ viewers, around }) => tenths(Math.max(...viewers) / median(around.map((row) => row.viewers))),
  record_platform_usual: ({ rows, around }) => round(median(around.map(({ week }) => rows.find((row) => row.week === week)?.viewers ?? 0))),
  gap: ({ rows }) => daysBetween(rows[0].week, rows.at(-1).week), gaps: ({ rows }) => gapsIn(rows),
  growth: ({ viewers }) => percent(sum(viewers.slice(-4)), sum(viewers.slice(0, 4))), recent_mean: ({ viewers }) => round(mean(viewers)),
  trend: ({ rows }) => tenths(slope(rows)), trend_recent: ({ rows }) => tenths(slope(rows)), streak: ({ rows }) => rows.length - 1,
  change_point: ({ rows, fact }) => percent(median(rows.filter(({ week }) => week >= fact.from).map((row) => row.viewers)), median(rows.filter(({ week }) => week < fact.from).map((row) => row.viewers))),
  service_share: ({ viewers, around }) => tenths((100 * sum(viewers)) / sum(around.map((row) => row.viewers))),
  platform_share: ({ viewers, around }) => tenths((100 * sum(viewers)) / sum(around.map((row) => row.viewers))),
  platform_share_now: ({ viewers, around }) => tenths((100 * sum(viewers)) / sum(around.map((row) => row.viewers))),
  platform_share_before: ({ viewers, around }) => tenths((100 * sum(viewers)) / sum(around.map((row) => row.viewers))),
  platform_change: ({ rows, around }) => {
    const numbers = around.map(({ week }) => rows.find((row) => row.week === week)?.viewers ?? 0);
    return percent(mean(numbers.slice(-8)), mean(numbers.slice(0, -8)));
  },
  services: ({ services }) => services.length, platforms: ({ services }) => new Set(services.flatMap((series) => series.platforms.map(({ id }) => id))).size,
};

/** Of an event's days; and of those that its other edition has, too. */
const numbersOf = ({ total }) => total.filter((viewers) => viewers !== null);
const OF_EVENTS = {
  events: ({ events }) => events.length, event_record: ({ event }) => sum(numbersOf(event)), event_total: ({ event }) => sum(numbersOf(event)), event_days: ({ event }) => numbersOf(event).length,
  event_mean: ({ event }) => round(mean(numbersOf(event))), event_peak: ({ event }) => Math.max(...numbersOf(event)),
  event_platform_share: ({ event, fact }) => {
    const { id } = event.platforms.find(({ name }) => name === fact.platform);
    return tenths((100 * sum(event.viewers[id].filter((viewers) => viewers !== null))) / sum(numbersOf(event)));
  },
};

/** What is a model's, or counts remarks: the peer (tests/peer) holds those. */
const OTHERS = /^(season_|forecast|odd_|zeros_before_start|event_usual_week|event_against_week|event_edition_|behind)/;

for (const [name, file] of YEARS) {
  suite(`the rows of the facts of ${name}`, { main: ['StreamPulseInsights Off'] }, (s) => {
    const data = async (query) => (await s.data(query ? `?${query}` : '')).services;

    async function count(fact) {
      const [view, query = ''] = fact.rows.split('?');
      if (view === 'events') {
        const { events } = (await s.get('/api/special-events')).json();
        return OF_EVENTS[fact.kind]({ events, event: events.find(({ id }) => id === new URLSearchParams(query).get('event')), fact });
      }
      const wider = new URLSearchParams(query);
      if (wider.has('platform')) wider.delete('platform');
      else if (fact.kind === 'service_share') wider.delete('service');
      if (fact.kind === 'record_factor') for (const key of ['from', 'to']) wider.delete(key);
      const services = await data(query), rows = together(services, !fact.service);
      return COUNTED[fact.kind]({ fact, services, rows, viewers: rows.map((row) => row.viewers), around: together(await data(String(wider)), !fact.service) });
    }

    it('each value is that of its rows', async () => {
      assert.equal((await s.upload(fs.readFileSync(file))).status, 201);
      const facts = execFileSync(admin, ['facts', '--db', s.db], { encoding: 'utf8', maxBuffer: 1e8 }).trim().split('\n').map((line) => JSON.parse(line));
      const wrong = [], counted = new Set();
      for (const fact of facts.filter(({ kind }) => !OTHERS.test(kind))) {
        const value = await count(fact);
        counted.add(fact.kind);
        if (value !== fact.value) wrong.push(`${fact.id}: ${fact.value}, its rows (${fact.rows}) have ${value}`);
      }
      assert.deepEqual(wrong, []);
      assert.ok(counted.size > 30, `${counted.size} kinds alone`);
    });
  });
}

// Prometheus' text exposition format 0.0.4, read strictly: what the specification forbids, and what "promtool check metrics" complains about, is an error.
const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const VALUE = /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|NaN|[+-]Inf)$/i;
const TYPES = ['counter', 'gauge', 'histogram', 'summary', 'untyped'];
const NO_BASE_UNIT = /(?:^|_)(?:milliseconds|microseconds|minutes|hours|days|kilobytes|megabytes|kb|mb|ms|percent)(?:_|$)/;

const fail = (line, why) => {
  throw new Error(`${why}: ${line}`);
};

function unescape(text, allowed, line) {
  return text.replace(/\\(.?)/gs, (whole, c) => (allowed.includes(c) && c ? (c === 'n' ? '\n' : c) : fail(line, `"${whole}" is no escape`)));
}

function readLabels(text, line) {
  const labels = {};
  const pair = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:\\.|[^"\\\n])*)"(,|$)/y;
  while (pair.lastIndex < text.length) {
    const at = pair.lastIndex;
    const found = pair.exec(text);
    if (!found) fail(line, `no label at ${at}`);
    const [, name, value] = found;
    if (!LABEL.test(name) || name.startsWith('__') || name in labels) fail(line, `label ${name}`);
    labels[name] = unescape(value, '\\n"', line);
  }
  return labels;
}

function readSample(line) {
  const found = /^([^\s{]+)(?:\{(.*)\})? (\S+)$/.exec(line);
  if (!found || !NAME.test(found[1]) || !VALUE.test(found[3])) fail(line, 'no sample');
  return { name: found[1], labels: found[2] === undefined ? {} : readLabels(found[2], line), value: Number(found[3].replace(/Inf/, 'Infinity')) };
}

const familyOf = (name, families) => (families.has(name) ? name : name.replace(/_(?:bucket|sum|count)$/, ''));
const keyOf = ({ name, labels }) => JSON.stringify([name, Object.entries(labels).sort()]);

function readComment(line, families, current) {
  const found = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line);
  if (!found || !NAME.test(found[2])) fail(line, 'a comment that is neither HELP nor TYPE');
  const [, kind, name, rest] = found;
  if (kind === 'HELP') {
    if (families.has(name)) fail(line, 'a second family of this name');
    if (!rest) fail(line, 'no help');
    families.set(name, { name, help: unescape(rest, '\\n', line), type: null, samples: [] });
    return name;
  }
  if (current !== name || families.get(name).type) fail(line, 'TYPE that does not follow its HELP');
  if (!TYPES.includes(rest)) fail(line, 'no such type');
  families.get(name).type = rest;
  return name;
}

const bound = (sample) => Number(sample.labels.le.replace('Inf', 'Infinity'));

function checkSeries(family, series) {
  const part = (suffix) => series.filter((s) => s.name === family.name + suffix);
  const buckets = part('_bucket');
  const [[count], [sum]] = [part('_count'), part('_sum')];
  if (!count || !sum || part('_count').length + part('_sum').length + buckets.length !== series.length) fail(family.name, 'a histogram with other samples');
  if (buckets.at(-1)?.labels.le !== '+Inf' || buckets.at(-1).value !== count.value) fail(family.name, 'a histogram whose last class is not its count');
  for (let i = 1; i < buckets.length; i++) if (bound(buckets[i]) <= bound(buckets[i - 1]) || buckets[i].value < buckets[i - 1].value) fail(family.name, 'a histogram that does not ascend');
}

function checkHistogram(family) {
  const series = new Map();
  for (const sample of family.samples) {
    const { le, ...others } = sample.labels;
    if ((le !== undefined) !== sample.name.endsWith('_bucket')) fail(family.name, 'le belongs to classes alone');
    const key = keyOf({ name: '', labels: others });
    series.set(key, [...(series.get(key) ?? []), sample]);
  }
  for (const samples of series.values()) checkSeries(family, samples);
}

function checkFamily(family) {
  if (!family.type) fail(family.name, 'no type');
  if ((family.type === 'counter') !== family.name.endsWith('_total')) fail(family.name, `a ${family.type} of that name`);
  if (family.type !== 'histogram' && /_(?:count|sum|bucket)$/.test(family.name)) fail(family.name, 'a name that belongs to histograms');
  if (NO_BASE_UNIT.test(family.name)) fail(family.name, 'no base unit');
  if (family.type === 'counter' && family.samples.some((s) => !(s.value >= 0))) fail(family.name, 'a counter below 0');
  if (family.type === 'histogram') checkHistogram(family);
}

/** → Map of name to {name, help, type, samples: [{name, labels, value}]}. */
export function parseExposition(text) {
  const families = new Map();
  const seen = new Set();
  let current = null;
  if (!text.endsWith('\n')) fail(text.slice(-40), 'the last line does not end');
  for (const line of text.slice(0, -1).split('\n')) {
    if (/[\r\t]/.test(line) || !line) fail(JSON.stringify(line), 'white space');
    if (line.startsWith('#')) {
      current = readComment(line, families, current);
      continue;
    }
    const sample = readSample(line);
    if (familyOf(sample.name, families) !== current || !families.get(current).type) fail(line, 'a sample outside of its family');
    if (seen.has(keyOf(sample))) fail(line, 'a sample for the second time');
    seen.add(keyOf(sample));
    families.get(current).samples.push(sample);
  }
  for (const family of families.values()) checkFamily(family);
  return families;
}

/** Whether an answer is metrics, whatever was asked for. */
export const isExposition = (res) => /version=0\.0\.4/.test(res.headers['content-type'] ?? '') || /^streampulse_/m.test(res.text);

const fits = (labels, wanted) => Object.entries(wanted).every(([name, value]) => labels[name] === String(value));

/** sum('name', {label: value}): of all samples with (at least) these labels, 0 where there is none. */
class Metrics {
  constructor(text) {
    this.families = parseExposition(text);
  }

  samples(name, labels = {}) {
    return (this.families.get(familyOf(name, this.families))?.samples ?? []).filter((s) => s.name === name && fits(s.labels, labels));
  }

  sum(name, labels) {
    return this.samples(name, labels).reduce((sum, s) => sum + s.value, 0);
  }

  has(name) {
    return this.samples(name).length > 0;
  }
}

/** What the server tells. options: as for its get(). */
export async function metricsOf(s, options) {
  const res = await s.get('/metrics', options);
  if (res.status !== 200) throw new Error(`GET /metrics: ${res.status} ${res.text}`);
  return new Metrics(res.text);
}

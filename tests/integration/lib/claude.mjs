// What the tests of Claude's insights share: a key, the lines of a configuration that asks the double, and good answers.
import fs from 'node:fs';
import { factsOf, report } from './messages_double.mjs';

export const KEY = 'sk-ant-canary-8f3b1c6d2e';
export const LIMITS = ['StreamPulseInsightDelay 0', 'StreamPulseAnthropicMaxTokens 4000', 'StreamPulseInsightDailyMax 1000', 'StreamPulseInsightDailyCost 1000'];

export const weekTotals = (body) => factsOf(body).filter(({ id }) => /^week_total\.(?!_all)/.test(id));
const sentence = ({ id }) => `[[${id}.service]] counted [[${id}]] viewers in its latest week.`;
/** What a good answer is: true sentences alone. */
export const good = (body) => report({ summary: weekTotals(body).slice(0, 3).map(sentence), highlights: weekTotals(body).slice(0, 2).map(sentence) });

export function writeKey(s, key = KEY, mode = 0o640) {
  fs.writeFileSync(s.file('key'), key === null ? '' : `${key}\n`);
  s.own('key');
  fs.chmodSync(s.file('key'), mode);
}

export const lines = (s, more = []) => ['StreamPulseAnthropicKeyFile key', 'StreamPulseAnthropicCAFile tls/ca.pem', `StreamPulseAnthropicEndpoint ${s.double.endpoint}`, ...LIMITS, ...more];

// A reporter of node's test runner: each failed test once, with its file, its name and the first lines of why.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const LINES = 6;
const WIDTH = 300;

const why = (error) => String(error?.cause?.message ?? error?.message ?? error).split('\n').map((line) => line.trimEnd().slice(0, WIDTH)).filter(Boolean).slice(0, LINES);

/** Groups that failed for their tests alone are told by those; tests that were never run, by their group. */
export default async function* failures(source) {
  const names = [];
  let file = '', abandoned = null;
  for await (const { type, data } of source) {
    if (data?.file?.includes('.test.')) file = data.file.startsWith('file:') ? fileURLToPath(data.file) : data.file; // a group's own place may be the library's
    if (type === 'test:start') names.splice(data.nesting, Infinity, data.name);
    if (type !== 'test:fail' || data.todo || data.skip) continue;
    const { error } = data.details, kind = error?.failureType;
    if (kind === 'subtestsFailed') continue;
    if (kind === 'cancelledByParent') {
      abandoned ??= data.name;
      continue;
    }
    const name = [...names.slice(0, data.nesting), data.name].filter((one) => one !== file).join(' > ');
    const lines = [...why(error), ...(kind === 'testTimeoutFailure' && abandoned ? [`it was at "${abandoned}"`] : [])];
    yield `${path.relative(process.cwd(), file)}: ${name || 'the file as a whole'}\n${lines.map((line) => `    ${line}\n`).join('')}`;
    abandoned = null;
  }
}

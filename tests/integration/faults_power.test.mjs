// Power cuts: what the real server wrote and synced while it acknowledged uploads, replayed as crash images.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { cellsOf, faultSuite, preload, tidy } from './lib/faults.mjs';
import { admin, assert, it, repo } from './lib/server.mjs';

const run = promisify(execFile);
const IMAGES = Number(process.env.FAULT_IMAGES ?? 1200);
const CONTROL_IMAGES = 120;

const journal = (s) => s.file('journal');
const position = (s) => fs.statSync(journal(s)).size;
const recorded = (s) => ({ LD_PRELOAD: preload('record_io'), SP_RECORD_DIR: s.file('state'), SP_RECORD_JOURNAL: journal(s) });

function prepare(s) {
  fs.writeFileSync(journal(s), '');
  fs.chmodSync(journal(s), 0o666);
}

faultSuite('power cuts', { prepare, env: recorded }, (s) => {
  const uploads = [];
  let ready;

  async function upload(n, options) {
    const one = { file: `${n}.csv`, acked: null, cells: cellsOf(n, { first: n % 40, ...options }) };
    uploads.push(one);
    const res = await s.upload(tidy(one.cells), { name: one.file });
    assert.equal(res.status, 201, res.text);
    one.acked = position(s);
  }

  it('uploads are acknowledged while every write and sync is recorded', async () => {
    ready = position(s);
    assert.ok(ready > 0, 'nothing was recorded');
    for (let n = 1; n <= 30; n++) await upload(n);
    for (let n = 31; n <= 50; n += 2) await Promise.all([upload(n, { service: 'A' }), upload(n + 1, { service: 'B' })]);
    await s.graceful();
    for (let n = 51; n <= 70; n++) await upload(n);
    await upload(71, { weeks: 300, platforms: 20 }); // a log long enough for a checkpoint on the way
    for (let n = 72; n <= 80; n++) await upload(n);
    await s.stop(); // the last connection writes the log back and removes it
    await s.restart();
    for (let n = 81; n <= 110; n++) await upload(n);
    await s.check();
  });

  it(`${IMAGES} crash images lose nothing that was acknowledged; with synchronous=NORMAL or OFF they would`, async () => {
    const plan = {
      journal: journal(s), folder: s.file('state'), database: s.db, uploads, ready, admin, seed: process.env.FAULT_SEED ?? 'streampulse',
      series: [
        { name: 'full', images: IMAGES, admin_checks: Math.ceil(IMAGES / 20) },
        { name: 'normal', images: CONTROL_IMAGES, admin_checks: 0 },
        { name: 'off', images: CONTROL_IMAGES, admin_checks: 0 },
      ],
    };
    fs.writeFileSync(s.file('plan.json'), JSON.stringify(plan));
    const { stdout } = await run(process.env.PYTHON ?? '/usr/bin/python3', [path.join(repo, 'tests/faults/power_cuts.py'), s.file('plan.json')], { maxBuffer: 1 << 24 });
    const { full, normal, off, calls } = JSON.parse(stdout);
    const told = ({ images, lost, half, damaged, checked }) => `${images} images, ${lost} lost, ${half} half, ${damaged} damaged, ${checked} checked in full`;
    console.log(`# ${calls} calls recorded; full: ${told(full)}; normal: ${told(normal)}; off: ${told(off)}`);
    assert.equal(full.images, IMAGES);
    assert.deepEqual([full.lost, full.half, full.damaged], [0, 0, 0], full.examples.join('\n'));
    assert.ok(full.checked > 0);
    assert.ok(normal.lost > 0, 'the control with synchronous=NORMAL lost nothing: the test sees nothing');
    assert.ok(off.lost + off.damaged + off.half > normal.images / 4, 'the control with synchronous=OFF hardly lost a thing');
  });
});

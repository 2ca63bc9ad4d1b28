// The audit log where writes fail: neither a change without its entry, nor an entry without its change.
import { spawnSync } from 'node:child_process';
import { Faults, faultSuite, pause, preload } from './lib/faults.mjs';
import { admin, assert, it, until } from './lib/server.mjs';

const week = (viewers) => ({ entries: [{ service: 'A', platform: 'Zoom', week_start: '2025-01-05', viewers }] });
const verify = (db) => spawnSync(admin, ['audit', 'verify', '--db', db]).status;

let faults;
const failWrites = (n, lasting) => faults.arm('write', n, 'ENOSPC', lasting);
const heal = () => faults.disarm();

faultSuite('a disk that is full', {
  prepare: (s) => void (faults = new Faults(s.file('faults'))),
  env: (s) => ({ LD_PRELOAD: preload('fail_io'), SP_FAIL_CONTROL: s.file('faults'), SP_FAIL_DIR: s.file('state') }),
}, (s) => {
  s.allow(/SP0312: answered 507/, /SP1421: held in memory/, /SP1412/);
  const exports = () => s.sql("SELECT actor, target, detail, result, count FROM audit_log WHERE action = 'export' ORDER BY id");
  const ledger = () => s.sql("SELECT (SELECT count(*) FROM entry) AS entries, (SELECT count(*) FROM audit_log WHERE action = 'entry') AS audited")[0];

  it('a change and its entry are both there or neither is, whichever write fails', async () => {
    const as = await s.asAdmin();
    let refused = 0;
    for (let n = 1; n < 100; n++) {
      failWrites(n, false);
      const res = await s.post('/api/data', week(n), { as });
      heal();
      const { entries, audited } = ledger();
      assert.equal(entries, audited, `write ${n}: ${res.status}`);
      assert.equal(verify(s.db), 0);
      refused += res.status === 507;
      if (res.status === 201 && n > 20) break;
    }
    assert.ok(refused > 0, 'no write was met: nothing was tested');
  });

  it('keeps nobody from exporting: the entry is held in memory, in the error log, and written once there is room', async () => {
    const as = await s.asAdmin();
    assert.equal((await s.get('/api/export?format=ndjson', { as })).status, 200);
    assert.deepEqual(exports(), [{ actor: 'admin (PIN)', target: 'format=ndjson', detail: null, result: 'ok', count: 1 }]);
    failWrites(1, true);
    for (let i = 0; i < 2; i++) assert.equal((await s.get('/api/export?from=2025-01-01', { as })).status, 200);
    assert.equal((await s.post('/api/data', week(1000), { as })).status, 507);
    heal();
    assert.equal(exports().length, 1);
    assert.match(s.log(), /SP1421: held in memory, as the audit log cannot be written: export by "admin \(PIN\)" \(admin, pin\) from 127\.0\.0\.1, from=2025-01-01/);
    await pause(5100);
    await s.get('/api/data', { as });
    const late = (await until('the held entry', () => exports()[1] && exports()))[1];
    assert.deepEqual([late.actor, late.target, late.count], ['admin (PIN)', 'from=2025-01-01', 2]);
    assert.match(late.detail, /they could not be written then$/);
    assert.equal(verify(s.db), 0);
  });

  it('but not without any trace: when no more can be held, the next export is refused', async () => {
    failWrites(1, true);
    const answers = [];
    for (let i = 1; i <= 33; i++) answers.push((await s.get(`/api/export?from=2025-01-${String(i % 31 + 1).padStart(2, '0')}&to=2025-0${2 + Math.floor(i / 31)}-28`)).status);
    heal();
    assert.deepEqual(answers, [...Array(32).fill(200), 507]);
  });

  it('what is held is written when the server stops', async () => {
    await s.restart();
    assert.equal(exports().length, 2 + 32);
    assert.equal(verify(s.db), 0);
  });

  it('a wrong PIN that was looked at is told, whichever write fails', async () => {
    s.allow(/SP0316/, /SP0202.*cannot be used/);
    const seen = {};
    for (let n = 1; n < 40; n++) {
      failWrites(n, true);
      const res = await s.post('/api/auth', { pin: '719204' }, { from: `127.0.3.${n}` });
      heal();
      seen[res.status] = (seen[res.status] ?? 0) + 1;
    }
    await s.restart();
    const [{ looked, told }] = s.sql("SELECT (SELECT count(*) FROM pin_attempt) AS looked, (SELECT sum(count) FROM audit_log WHERE action = 'login_failed' AND result = 'wrong_pin') AS told");
    assert.ok(seen[507] > 0 && seen[401] > 1, JSON.stringify(seen));
    assert.equal(seen[401], looked);
    assert.equal(told, looked);
    assert.equal(verify(s.db), 0);
  });
});

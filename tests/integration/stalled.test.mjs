// Readers that stop reading: however many there are, they hold no worker.
import fs from 'node:fs';
import net from 'node:net';
import { assert, it, suite, until } from './lib/server.mjs';

const THREADS = 6;
const READERS = 10;
const WEEKS = 1000;
const SERVICES = 40;
const PATIENCE_MS = 120_000; // httpd itself would throw the readers out after ten minutes, and have workers again

/** Numbers that hardly compress, so that no socket's buffer holds the answer. */
function largeFile() {
  const day = (w) => new Date(Date.UTC(2000, 0, 2 + 7 * w)).toISOString().slice(0, 10);
  const rows = ['service,platform,week_start,viewers'];
  for (let s = 0; s < SERVICES; s++) for (let w = 0; w < WEEKS; w++) rows.push(`Service ${s},P,${day(w)},${(s * 7919 + w * 104729) % 1000003}`);
  return rows.join('\n') + '\n';
}

/** Asks, and stops reading as soon as the answer has begun: {head, socket}. */
function stall(port, path, headers = '') {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: '127.0.0.1', port, onread: { buffer: Buffer.alloc(2048), callback: (size, buffer) => {
      resolve({ socket, head: buffer.toString('latin1', 0, size) });
      return false;
    } } });
    socket.on('error', reject);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
  });
}

/** What would wait for a worker until a reader is thrown out. */
function meanwhile(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('no worker was free')), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const own = ['Timeout 600', 'ServerLimit 1', `ThreadsPerChild ${THREADS}`, `MaxRequestWorkers ${THREADS}`, `MaxSpareThreads ${THREADS}`,
  'AsyncRequestWorkerFactor 10', 'SendBufferSize 16384'];

for (const more of [[], ['EnableSendfile On'], ['EnableSendfile Off', 'FlushMaxThreshold 1048576']]) {
  suite(`more stalled readers than workers (${more.join(', ') || 'as httpd is by itself'})`, { main: [...own, ...more] }, (s) => {
    for (const [name, headers] of [['as it is', ''], ['compressed', 'Accept-Encoding: gzip\r\n']]) {
      it(`of long exports, ${name}: others are answered, and the next export is whole`, async () => {
        assert.ok([200, 201].includes((await s.upload(largeFile(), { as: await s.asAdmin() })).status));
        const whole = await s.get('/api/export');
        const readers = [];
        for (let i = 0; i < READERS; i++) readers.push(await meanwhile(stall(s.port, '/api/export', headers)));
        for (const { head } of readers) {
          assert.match(head, /^HTTP\/1.1 200 /);
          assert.equal(/^Content-Encoding: gzip\r$/m.test(head), headers !== '');
        }
        for (let i = 0; i < THREADS; i++) assert.equal((await meanwhile(s.get('/api/uploads'))).status, 200);
        assert.equal((await meanwhile(s.get('/api/export'))).text, whole.text);
        for (const { socket } of readers) socket.destroy();
        await until('the spool folder to be empty', () => fs.readdirSync(s.file('spool')).length === 0);
      });
    }
  });
}

suite('a long answer that is compressed', { main: own }, (s) => {
  it('has a tag of its own, is what it says, and a 304 afterwards', async () => {
    await s.upload(largeFile(), { as: await s.asAdmin() });
    const plain = await s.get('/api/export');
    const packed = await fetch(`http://127.0.0.1:${s.port}/api/export`, { headers: { 'Accept-Encoding': 'gzip' } });
    assert.equal(packed.headers.get('content-encoding'), 'gzip');
    assert.equal(packed.headers.get('etag'), plain.headers.etag.replace(/"$/, '-gzip"'));
    assert.match(packed.headers.get('vary'), /Accept-Encoding/);
    assert.equal(await packed.text(), plain.text);
    assert.equal((await s.get('/api/export', { headers: { 'If-None-Match': packed.headers.get('etag') } })).status, 304);
  });
});

// A small HTTP client that sends what it is told and nothing else (fetch adds headers of its own, which the same-origin check would see).
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { PATIENCE_MS, pause } from './patience.mjs';

/** A server that waits for something itself has its say. */
const LONGEST_MS = 2 * PATIENCE_MS;

/** → {status, headers, body (Buffer), text, json()}. options: headers, body (string or Buffer), agent, from (our own address), ca (the certificate of an https server). */
export function request(port, method, path, options = {}) {
  return new Promise((resolve, reject) => {
    const headers = { ...options.headers };
    const body = options.body === undefined ? null : Buffer.from(options.body);
    if (body && !hasHeader(headers, 'content-length') && !hasHeader(headers, 'transfer-encoding')) headers['Content-Length'] = body.length;
    const req = (options.ca ? https : http).request({ host: '127.0.0.1', port, ca: options.ca, method, path, headers, agent: options.agent ?? false, localAddress: options.from, timeout: options.timeout ?? LONGEST_MS }, (res) => {
      const chunks = [];
      res.on('data', (c) => chunks.push(c));
      res.on('error', reject);
      res.on('end', () => resolve(answer(res.statusCode, res.headers, Buffer.concat(chunks), method, path)));
    });
    req.on('timeout', () => req.destroy(new Error(`${method} ${path}: no answer in time`)));
    req.on('error', reject);
    req.end(body ?? undefined);
  });
}

const hasHeader = (headers, name) => Object.keys(headers).some((h) => h.toLowerCase() === name);

function answer(status, headers, body, method, path) {
  return { status, headers, body, method, path, get text() { return body.toString('utf8'); }, json: () => JSON.parse(body.toString('utf8')) };
}

/** Writes the chunks (or promises of them) to a bare connection, delayMs apart, and reads one answer. options: delayMs, end (half-close after the last chunk), abort (just hang up: resolves with null). */
export function raw(port, chunks, { delayMs = 0, end = false, abort = false } = {}) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    const got = [];
    socket.setNoDelay(true);
    socket.setTimeout(LONGEST_MS, () => socket.destroy(new Error('no answer in time')));
    socket.on('data', (c) => got.push(c));
    // A server that refuses a body early may reset the connection while we still write: what it said before counts.
    socket.on('error', (e) => (got.length ? finish() : reject(e)));
    socket.on('close', finish);
    socket.on('connect', async () => {
      for (const chunk of chunks) {
        const bytes = await chunk;
        if (socket.destroyed) return;
        if (!socket.write(bytes)) await Promise.race([new Promise((r) => socket.once('drain', r)), pause(5000)]);
        if (delayMs) await pause(delayMs);
      }
      if (abort) {
        socket.destroy();
        resolve(null);
      } else if (end) socket.end();
    });
    let done = false;
    function finish() {
      if (done || abort) return;
      done = true;
      socket.destroy();
      try {
        resolve(parse(Buffer.concat(got)));
      } catch (e) {
        reject(e);
      }
    }
  });
}

/** Sends a request's head, with "Expect: 100-continue" in it, and resolves once the server wants the body: with a function that sends it and gives the answer. */
export function begin(port, head) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(head));
    const got = [];
    const ended = new Promise((done) => socket.on('close', () => done(Buffer.concat(got))));
    socket.setTimeout(60_000, () => socket.destroy(new Error('no answer in time')));
    socket.on('error', reject);
    socket.on('data', (c) => {
      got.push(c);
      if (/^HTTP\/1\.1 100 /.test(got[0])) resolve(async (body) => parse((socket.write(body), await ended)));
      else reject(new Error(`no body is wanted: ${got[0].toString('latin1').slice(0, 200)}`));
    });
  });
}

function parse(bytes) {
  let at = 0;
  for (;;) {
    const end = bytes.indexOf('\r\n\r\n', at);
    if (end < 0) throw new Error(`not a whole answer: ${bytes.toString('latin1').slice(0, 200)}`);
    const [first, ...lines] = bytes.subarray(at, end).toString('latin1').split('\r\n');
    const status = Number(first.split(' ')[1]);
    if (status === 100) {
      at = end + 4;
      continue;
    }
    const headers = Object.fromEntries(lines.map((l) => [l.slice(0, l.indexOf(':')).toLowerCase(), l.slice(l.indexOf(':') + 1).trim()]));
    return answer(status, headers, headers['transfer-encoding'] ? unchunk(bytes.subarray(end + 4)) : bytes.subarray(end + 4), '', '');
  }
}

function unchunk(bytes) {
  const out = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at);
    const size = parseInt(bytes.subarray(at, end).toString('latin1'), 16);
    if (!size) return Buffer.concat(out);
    out.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

/** A multipart body: parts are {name, value} or {name, filename, type, data}. */
export function multipart(parts, boundary = 'x-streampulse-test-boundary') {
  const pieces = parts.map((p) => Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${p.name}"${p.filename === undefined ? '' : `; filename="${p.filename}"`}\r\n`),
    Buffer.from(p.filename === undefined ? '\r\n' : `Content-Type: ${p.type ?? 'text/csv'}\r\n\r\n`),
    Buffer.from(p.data ?? p.value),
    Buffer.from('\r\n'),
  ]));
  return { body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]), type: `multipart/form-data; boundary=${boundary}` };
}

/** Bytes cut into pieces of the given sizes, repeated. */
export function cut(bytes, sizes) {
  const out = [];
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = sizes[n % sizes.length];
    out.push(bytes.subarray(at, at + size));
    at += size;
  }
  return out;
}

/** The same as Transfer-Encoding: chunked. */
export function chunked(pieces) {
  return [...pieces.map((p) => Buffer.concat([Buffer.from(`${p.length.toString(16)}\r\n`), p, Buffer.from('\r\n')])), Buffer.from('0\r\n\r\n')];
}

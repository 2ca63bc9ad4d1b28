// A double of the Messages API that refuses what the real one refuses: over TLS with a certificate of its own, and strict about every header and field.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import { freePort } from './ports.mjs';

const VERSION = '2026-10-21';
const BODY_MAX = 32 * 1024 * 1024;
const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'];
export const PARTS = ['summary', 'highlights', 'platform_analysis', 'alerts', 'recommendation'];

const openssl = (dir, ...args) => execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });

/** ca.pem, and name.key and name.pem signed by it; days below 0: expired. */
export function makeCertificates(dir, certificates = [{ name: 'server' }]) {
  fs.mkdirSync(dir, { recursive: true });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(dir, 'req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=test CA', '-addext', 'basicConstraints=critical,CA:TRUE');
  for (const { name, host = 'IP:127.0.0.1', expired = false } of certificates) {
    openssl(dir, 'req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    fs.writeFileSync(path.join(dir, `${name}.cnf`), `subjectAltName=${host}\n`);
    fs.writeFileSync(path.join(dir, 'index.txt'), '');
    fs.writeFileSync(path.join(dir, 'ca.cnf'), '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\n');
    const dates = expired ? ['-startdate', '20200101000000Z', '-enddate', '20200102000000Z'] : ['-days', '2'];
    openssl(dir, 'ca', '-batch', '-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key', '-in', `${name}.csr`, '-out', `${name}.pem`, '-extfile', `${name}.cnf`, '-notext', ...dates);
  }
  for (const file of fs.readdirSync(dir)) fs.chmodSync(path.join(dir, file), 0o644);
}

class Refusal extends Error {
  constructor(status, type, message) {
    super(message);
    Object.assign(this, { status, type });
  }
}

const invalid = (message) => new Refusal(400, 'invalid_request_error', message);
const demand = (holds, message) => {
  if (!holds) throw invalid(message);
};
const onlyKeys = (object, keys, where) => {
  demand(object && typeof object === 'object' && !Array.isArray(object), `${where}: must be an object`);
  for (const key of Object.keys(object)) demand(keys.includes(key), `${where}.${key}: Extra inputs are not permitted`);
};
const isText = (value) => typeof value === 'string' && value.trim() !== '';

function checkHeaders(req, key) {
  if (req.method !== 'POST') throw new Refusal(405, 'invalid_request_error', 'Method Not Allowed');
  if (req.url !== '/v1/messages') throw new Refusal(404, 'not_found_error', 'Not Found');
  if (!req.headers['x-api-key']) throw new Refusal(401, 'authentication_error', 'x-api-key header is required');
  if (req.headers['x-api-key'] !== key) throw new Refusal(401, 'authentication_error', 'invalid x-api-key');
  demand(req.headers['anthropic-version'] === VERSION, 'anthropic-version: header is required');
  demand(/^application\/json(;|$)/.test(req.headers['content-type'] ?? ''), 'content-type: must be application/json');
  for (const name of ['cookie', 'authorization', 'expect', 'referer']) demand(!(name in req.headers), `${name}: nobody asked for it`);
}

function checkMessages(messages) {
  demand(Array.isArray(messages) && messages.length > 0, 'messages: at least one message is required');
  messages.forEach((message, i) => {
    onlyKeys(message, ['role', 'content'], `messages.${i}`);
    demand(message.role === (i % 2 ? 'assistant' : 'user'), `messages.${i}.role: roles must alternate between "user" and "assistant", and begin with "user"`);
    demand(isText(message.content), `messages.${i}.content: text is required`);
  });
  demand(messages.at(-1).role === 'user', 'messages: the last message must be of "user"');
}

/** The SDK's own rewriting of schemas leaves alone what structured output supports. */
function checkSchema(schema) {
  demand(schema?.type === 'object', 'output_config.format.schema: must be of type object');
  const supported = JSON.stringify(sorted(transformJSONSchema(schema)));
  demand(supported === JSON.stringify(sorted(schema)), `output_config.format.schema: unsupported keywords; supported would be ${supported}`);
}

const sorted = (value) => {
  if (Array.isArray(value)) return value.map(sorted);
  return value && typeof value === 'object' ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : value;
};

function checkOutputConfig(config) {
  onlyKeys(config, ['format', 'effort'], 'output_config');
  onlyKeys(config.format, ['type', 'schema'], 'output_config.format');
  demand(config.format.type === 'json_schema', 'output_config.format.type: must be json_schema');
  demand(!('effort' in config) || EFFORTS.includes(config.effort), 'output_config.effort: not one of them');
  checkSchema(config.format.schema);
}

function checkBody(text) {
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalid('The request body is not valid JSON');
  }
  onlyKeys(body, ['model', 'max_tokens', 'system', 'messages', 'output_config'], 'body');
  demand(isText(body.model), 'model: Field required');
  if (!body.model.startsWith('claude-')) throw new Refusal(404, 'not_found_error', `model: ${body.model}`);
  demand(Number.isInteger(body.max_tokens) && body.max_tokens > 0, 'max_tokens: Field required');
  demand(isText(body.system), 'system: must be a text');
  checkMessages(body.messages);
  checkOutputConfig(body.output_config);
  return body;
}

/** The facts that a request carries, as [{id, shown}]. */
export function factsOf(body) {
  const [, mark, data] = /=== BEGIN (FACTS[-\d]*) ===\n([\s\S]*?)\n=== END \1 ===/.exec(body.messages[0].content);
  return JSON.parse(data).facts.map(([id, shown, quality, from, to]) => ({ id, shown, quality, from, to, mark }));
}

export const message = (text, more = {}) => ({
  id: 'msg_01', type: 'message', role: 'assistant', model: 'claude-sonnet-5-5', content: [{ type: 'thinking', thinking: 'hm', signature: 's' }, { type: 'text', text }],
  stop_reason: 'end_turn', stop_sequence: null, usage: { input_tokens: 2000, output_tokens: 300, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 }, ...more,
});
export const error = (type, text) => ({ type: 'error', error: { type, message: text }, request_id: 'req_011' });
export const report = (parts = {}) => JSON.stringify({ ...Object.fromEntries(PARTS.map((part) => [part, []])), ...parts });

/** What answers like Claude: `act(req, res, body, n)` may answer by itself and return true; else `write(body, n)` gives the text of a good answer. */
export class MessagesDouble {
  constructor(dir, key) {
    Object.assign(this, { dir, key, calls: [], refusals: [], sockets: new Set(), act: () => false, write: () => report() });
  }

  async start(name = 'server') {
    const file = (suffix) => fs.readFileSync(path.join(this.dir, `${name}.${suffix}`));
    this.server = https.createServer({ key: file('key'), cert: file('pem'), keepAlive: false }, (req, res) => this.take(req, res));
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => {});
    });
    this.port ??= await freePort();
    await new Promise((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.server.unref(); // a group of tests that could not begin does not stop it
    return this;
  }

  get endpoint() {
    return `https://127.0.0.1:${this.port}`;
  }

  stop() {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(resolve));
  }

  reset(act = () => false) {
    Object.assign(this, { calls: [], refusals: [], act });
  }

  reply(res, status, json, headers = {}) {
    res.writeHead(status, { 'content-type': 'application/json', 'request-id': `req_${this.calls.length}`, ...headers });
    res.end(typeof json === 'string' ? json : JSON.stringify(json));
  }

  async take(req, res) {
    const chunks = [];
    res.on('error', () => {});
    try {
      let size = 0;
      for await (const chunk of req) {
        size += chunk.length;
        if (size > BODY_MAX) throw new Refusal(413, 'request_too_large', 'Request exceeds the maximum size');
        chunks.push(chunk);
      }
      checkHeaders(req, this.key);
      const text = Buffer.concat(chunks).toString();
      const body = checkBody(text);
      this.calls.push({ at: Date.now(), headers: req.headers, text, body });
      if (await this.act(req, res, body, this.calls.length)) return;
      this.reply(res, 200, message(this.write(body, this.calls.length)));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) return void res.destroy();
      this.refusals.push(refusal.message);
      this.reply(res, refusal.status, error(refusal.type, refusal.message));
    }
  }
}

// Holds answers against schema/openapi.yaml: path, method, status, content type and body.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const here = path.dirname(fileURLToPath(import.meta.url));
const file = path.resolve(here, '../../../schema/openapi.yaml');
export const contract = parse(readFileSync(file, 'utf8'));

const BODILESS = new Set([204, 304]);
const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'options', 'head', 'trace'];

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
addFormats(ajv);
ajv.addFormat('int64', true);
ajv.addFormat('int32', true);
ajv.addSchema(closed(structuredClone(contract)), 'contract', undefined, false);
const compiled = new Map();

/** An answer may have nothing that the contract does not name: objects that list properties take no others, unless they say so or are parts of a composition. */
function closed(node) {
  if (Array.isArray(node)) node.forEach(closed);
  else if (node && typeof node === 'object') {
    Object.values(node).forEach(closed);
    const composed = ['allOf', 'anyOf', 'oneOf', '$ref'].some((k) => k in node);
    if (node.type !== undefined && [].concat(node.type).includes('object') && node.properties && !composed && node.additionalProperties === undefined) node.additionalProperties = false;
    if (node.allOf && node.unevaluatedProperties === undefined) node.allOf.forEach((part) => part.additionalProperties === false && delete part.additionalProperties);
  }
  return node;
}

const pointer = (...parts) => 'contract#/' + parts.map((p) => encodeURIComponent(String(p).replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');

function validator(ref) {
  if (!compiled.has(ref)) compiled.set(ref, ajv.compile({ $ref: ref }));
  return compiled.get(ref);
}

/** The contract's path for a path below the mount, or null. */
export function findPath(pathname) {
  const parts = pathname.split('/');
  const fits = (pattern) => {
    const wanted = pattern.split('/');
    return wanted.length === parts.length && wanted.every((w, i) => (w.startsWith('{') ? parts[i] !== '' : w === parts[i]));
  };
  return Object.keys(contract.paths).find((p) => p === pathname) ?? Object.keys(contract.paths).find(fits) ?? null;
}

function resolveResponse(response, at) {
  if (!response?.$ref) return [response, at];
  const parts = response.$ref.slice(2).split('/');
  return [parts.reduce((node, p) => node[p], contract), parts];
}

/** Throws where the answer (to that method and path below the mount) is not as the contract says. */
export function hold(method, pathname, res) {
  const what = `${method} ${pathname} → ${res.status}`;
  const known = findPath(pathname);
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
  const operation = known && contract.paths[known][verb];
  if (!operation) {
    // HEAD and OPTIONS of httpd itself aside, what is not in the contract is not there.
    if (![404, 405, 400, 403, 413, 501].includes(res.status)) throw new Error(`${what}: the contract knows no such operation`);
    if (known && res.status === 405) checkAllow(known, res, what);
    if (method !== 'HEAD' && /json/.test(res.headers['content-type'] ?? '')) validate('contract#/components/schemas/Error', res.json(), what);
    return;
  }
  if (!(String(res.status) in operation.responses)) throw new Error(`${what}: the contract does not name this status (${Object.keys(operation.responses).join(', ')})`);
  const [response, at] = resolveResponse(operation.responses[String(res.status)], ['paths', known, verb, 'responses', String(res.status)]);
  checkBody(method, res, response, at, what);
}

function checkAllow(known, res, what) {
  const allowed = METHODS.filter((m) => m in contract.paths[known]).map((m) => m.toUpperCase());
  const said = (res.headers.allow ?? '').split(/,\s*/).filter(Boolean);
  for (const m of allowed) if (!said.includes(m)) throw new Error(`${what}: Allow "${res.headers.allow}" leaves out ${m}`);
}

function checkBody(method, res, response, at, what) {
  if (!response.content) {
    if (res.body.length && !BODILESS.has(res.status)) throw new Error(`${what}: a body that the contract does not know`);
    return;
  }
  const type = (res.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
  const media = Object.keys(response.content).find((m) => m.split(';')[0] === type);
  if (!media) throw new Error(`${what}: content type "${type}", the contract says ${Object.keys(response.content).join(', ')}`);
  if (method === 'HEAD') {
    if (res.body.length) throw new Error(`${what}: HEAD with a body`);
    return;
  }
  if (/json$/.test(type) && response.content[media].schema && !res.headers['content-encoding']) validate(pointer(...at, 'content', media, 'schema'), res.json(), what);
}

function validate(ref, value, what) {
  const check = validator(ref);
  if (!check(value)) {
    const list = check.errors.slice(0, 5).map((e) => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`).join('; ');
    throw new Error(`${what}: not as the contract says: ${list}\n${JSON.stringify(value).slice(0, 600)}`);
  }
}

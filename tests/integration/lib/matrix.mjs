// Every way to ask for every route: who, by which method, in which spelling, with which forged headers; and what the contract says about it.
import { contract, findPath } from './contract.mjs';
import { raw } from './http.mjs';

export const RANK = { none: 0, viewer: 1, editor: 2, admin: 3 };
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'BREW'];

/** What stands for a path's parameter: nothing that there is, so that whoever may change it changes nothing; of the page, files that there are. */
const argument = { '/{page}': 'favicon.svg' };
const allowed = (item) => ['get', 'post', 'put', 'patch', 'delete'].filter((m) => m in item).flatMap((m) => (m === 'get' ? ['GET', 'HEAD'] : [m.toUpperCase()]));

/** [{pattern, path, item}]; asset: a path of the built page. */
export function routes(asset) {
  return Object.entries(contract.paths).map(([pattern, item]) => {
    const path = pattern === '/assets/{file}' ? asset : pattern.replace(/\{\w+\}/, argument[pattern] ?? '999999');
    return { pattern, path, item };
  });
}

/** The route that a path is in another spelling, by the rules of RFC 3986 alone; a pattern of null: none. */
export function meant(table, path) {
  const decoded = Buffer.from(path.replace(/^http:\/\/localhost/, '').replace(/%([0-9a-f]{2})/gi, (whole, digits) => (digits.toLowerCase() === '2f' ? '\0' : String.fromCharCode(parseInt(digits, 16)))), 'latin1').toString('latin1');
  const parts = [];
  for (const part of decoded.replace(/\/{2,}/g, '/').split('/').slice(1)) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  if (/\/\.{1,2}$/.test(decoded)) parts.push('');
  const pattern = decoded.includes('\0') ? null : findPath(`/${parts.join('/')}`);
  return table.find((route) => route.pattern === pattern) ?? { pattern: null };
}

/** The table: "pass", or the refusal. who: {role, method}. */
export function promised({ pattern, item }, method, who) {
  if (!pattern) return '404';
  const operation = item[method === 'HEAD' ? 'get' : method.toLowerCase()];
  if (!operation) return `405 ${allowed(item).join(', ')}`;
  if (pattern === '/login') return who.method === 'oidc' ? 'pass' : '401 sign_in_required'; // it is about the provider, not about roles
  if (RANK[who.role] >= RANK[operation['x-least-role']]) return operation['x-needs-person'] && who.method === 'token' ? '403 person_required' : 'pass';
  return who.method === 'anonymous' ? '401 sign_in_required' : '403 role_required';
}

/** The same in an answer. HEAD has no body to tell the code. */
export function outcome(res) {
  const json = res.method !== 'HEAD' && /json/.test(res.headers['content-type'] ?? '') && res.status >= 400 ? res.json() : {};
  if (res.status === 405) return `405 ${res.headers.allow}`;
  if ([401, 403].includes(res.status)) return `${res.status} ${json.code ?? ''}`.trim();
  if (res.status === 404 && (!json.code || json.code === 'not_found')) return '404';
  return res.status >= 500 ? `${res.status}` : res.status === 400 && !json.code && res.method !== 'HEAD' ? '400' : 'pass';
}

export const sameOutcome = ({ pattern }, method, got, wanted) =>
  got === wanted || (method === 'HEAD' && (wanted.split(' ')[0] === got || (wanted === 'pass' && got === '404' && pattern.includes('{'))));

/** By a client that sends any method and any path as they are. */
export function send(port, method, path, headers = {}) {
  const lines = Object.entries({ Host: 'localhost', 'Content-Length': '0', Connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return raw(port, [`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`]).then((res) => Object.assign(res, { method, path }));
}

const hex = (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** Other ways to write a path. Each is that very path for a server that tidies it up, or none at all. */
export function spellings(path) {
  const rest = path.slice(1);
  const last = path.lastIndexOf('/');
  const second = path.indexOf('/', 1);
  const inner = second > 0 ? [[path.slice(0, second), path.slice(second + 1)]] : [];
  return [
    `//${rest}`, `///${rest}`, `/./${rest}`, `/x/../${rest}`, `/x/./../${rest}`, `/%2e/${rest}`, `/x/%2e%2e/${rest}`, `/x/.%2E/${rest}`, `/..;/${rest}`, `/;/${rest}`, `/x/..;/${rest}`, `/../${rest}`,
    ...(rest ? [`/${hex(rest[0])}${rest.slice(1)}`, `/${[...rest].map((c) => (c === '/' ? c : hex(c))).join('')}`, path.toUpperCase(), `/${rest[0].toUpperCase()}${rest.slice(1)}`] : []),
    `${path}/`, `${path}//`, `${path}/.`, `${path}.`, `${path}%20`, `${path};x`, `${path};x=/../`, `${path}%3bx`, `${path}%00`, `${path}%0a`, `${path}%23`, `${path}%3f`, `${path}\\`, `${path}.json`, `${path}~`,
    `${path.slice(0, last)}%2F${path.slice(last + 1)}`, `${path.slice(0, last)}%5C${path.slice(last + 1)}`, `${path.slice(0, last)}\\${path.slice(last + 1)}`, `${path.slice(0, last)}%252F${path.slice(last + 1)}`,
    `${path.slice(0, last)}%c0%af${path.slice(last + 1)}`, `${path.slice(0, last)}%ef%bc%8f${path.slice(last + 1)}`,
    ...inner.flatMap(([a, b]) => [`${a}//${b}`, `${a}/./${b}`, `${a}/x/../${b}`, `${a}/%2e%2e${a}/${b}`, `${a};x/${b}`, `${a}/;/${b}`, `${a}%2f..${a}/${b}`, `/x%2f..${a}/${b}`]),
    `http://localhost${path}`, `http://localhost/${path}`,
  ];
}

const groups = ['OIDC_CLAIM_cognito-groups', 'OIDC-CLAIM-cognito-groups', 'OIDC_CLAIM_cognito_groups', 'OIDC-CLAIM-Cognito-Groups', 'oidc_claim_cognito-groups', 'OIDC_CLAIM_cognito:groups', 'OIDC_CLAIM_COGNITO-GROUPS',
  'REDIRECT_OIDC_CLAIM_cognito-groups', 'HTTP_OIDC_CLAIM_cognito-groups', 'X-Groups', 'X-Forwarded-Groups', 'X-Auth-Request-Groups', 'X-Role', 'X-StreamPulse-Role', 'StreamPulse-Role'];
const users = ['OIDC_CLAIM_email', 'OIDC-CLAIM-email', 'OIDC_CLAIM_sub', 'OIDC_CLAIM_username', 'OIDC_CLAIM_cognito-username', 'OIDC_access_token', 'X-Remote-User', 'Remote-User', 'REMOTE_USER', 'HTTP_REMOTE_USER',
  'REDIRECT_REMOTE_USER', 'X-Forwarded-User', 'X-Forwarded-Email', 'X-Forwarded-Preferred-Username', 'X-User', 'X-Auth-Request-User', 'X-Auth-Request-Email', 'X-WEBAUTH-USER', 'X-Authenticated-User',
  'X-ProxyUser-Ip', 'X-MS-CLIENT-PRINCIPAL-NAME', 'X-Goog-Authenticated-User-Email', 'X-SSL-Client-S-DN', 'From', 'AUTH_TYPE', 'X-Auth-Type'];
const unsigned = (claims) => `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;

/** What a client might say to pass for somebody else. */
export const FORGED = Object.fromEntries([
  ...groups.map((name) => [name, 'Admins']),
  ...users.map((name) => [name, /AUTH_TYPE|Auth-Type/.test(name) ? 'openid-connect' : 'admin (PIN)']),
  ['x-amzn-oidc-identity', 'admin'],
  ['x-amzn-oidc-accesstoken', unsigned({ username: 'admin', 'cognito:groups': ['Admins'] })],
  ['x-amzn-oidc-data', unsigned({ email: 'admin@example.org', 'cognito:groups': ['Admins'] })],
  ['X-Forwarded-For', '127.0.0.1'],
  ['X-Original-URL', '/api/openapi.json'],
  ['X-Rewrite-URL', '/api/openapi.json'],
  ['X-Original-Method', 'GET'],
]);

/** What might make another method of it. */
export const OVERRIDES = (method) => ({ 'X-HTTP-Method-Override': method, 'X-HTTP-Method': method, 'X-Method-Override': method, 'X-Original-Method': method, '_method': method });

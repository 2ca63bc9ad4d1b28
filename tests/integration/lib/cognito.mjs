// A user pool of AWS Cognito on loopback, as far as its clients can tell: a certified OpenID Provider (oidc-provider) with Cognito's addresses, claims, tokens and way out.
import { createSign, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import http from 'node:http';
import Provider from 'oidc-provider';
import { loginPage, readForm } from './login_form.mjs';

export const POOL = '/us-east-1_StreamPulse';
export const CLIENT_ID = '4streampulsetestclient7';
export const CLIENT_SECRET = 'a secret of the app client, as long as those of Cognito are';
const SCOPES = ['openid', 'email', 'profile'];
// The library insists on an audience, of which Cognito's access tokens have none: this one is there until it is written as JSON.
const NO_AUDIENCE = { toJSON: () => undefined };
const FORM = /^\/login\/([\w-]+)$/;

/** Makes a key as Cognito's are: {private, public, jwk (with its private part), kid}. */
export function makeKey() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomBytes(8).toString('hex');
  return { private: privateKey, public: publicKey, kid, jwk: { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid } };
}

const part = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A signed token; head overrides the header, sign(text) → signature bytes overrides the way it is signed. */
export function makeToken(key, claims, head = {}, sign = (text) => createSign('RSA-SHA256').update(text).sign(key.private)) {
  const text = `${part({ alg: 'RS256', kid: key.kid, ...head })}.${part(claims)}`;
  return `${text}.${sign(text).toString('base64url')}`;
}

export const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

/** What oidc-provider remembers, in memory; a row is found by its id, or by the uid of a session. */
function memory() {
  const rows = new Map();
  return class {
    constructor(kind) {
      this.kind = kind;
    }

    async upsert(id, row) {
      rows.set(`${this.kind}:${id}`, row);
    }

    async find(id) {
      return rows.get(`${this.kind}:${id}`);
    }

    async findByUid(uid) {
      return [...rows.entries()].find(([id, row]) => id.startsWith(`${this.kind}:`) && row.uid === uid)?.[1];
    }

    async consume(id) {
      rows.get(`${this.kind}:${id}`).consumed = Math.floor(Date.now() / 1000);
    }

    async destroy(id) {
      rows.delete(`${this.kind}:${id}`);
    }

    async revokeByGrantId(grant) {
      for (const [id, row] of rows) if (row.grantId === grant) rows.delete(id);
    }
  };
}

/**
 * users: {name: {password, email, groups, verified}}, to be changed at will: a token that is issued later says what is there then. accessTtl: seconds. callbacks, logouts: the addresses that the app
 * client may send people back to.
 */
export class Cognito {
  constructor(users) {
    this.users = users;
    this.accessTtl = 3600;
    this.callbacks = new Set();
    this.logouts = new Set();
    this.key = makeKey();
    this.asked = []; // paths of every request
  }

  get origin() {
    return `http://localhost:${this.port}`;
  }

  get issuer() {
    return this.origin + POOL;
  }

  async start() {
    this.server = http.createServer((req, res) => this.answer(req, res).catch((e) => res.destroy(console.error(e))));
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.server.unref(); // a group of tests that could not begin does not stop it
    this.port = this.server.address().port;
    this.provider = new Provider(this.issuer, this.settings());
    this.provider.Client.prototype.redirectUriAllowed = (uri) => this.callbacks.has(uri);
    this.provider.on('server_error', (_ctx, cause) => console.error(cause)); // our own fault, as all the others are told to the client
    this.provide = this.provider.callback();
  }

  async stop() {
    this.server?.closeAllConnections();
    await new Promise((resolve) => (this.server ? this.server.close(resolve) : resolve()));
  }

  /** Takes people of a site; home: the address that it is mounted at. */
  serve(home) {
    this.callbacks.add(`${home}oauth2callback`);
    this.logouts.add(home);
  }

  settings() {
    const page = { openid: ['sub', 'cognito:groups', 'cognito:username', 'token_use', 'event_id'], email: ['email', 'email_verified'], profile: ['name'] };
    return {
      adapter: memory(),
      clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [`${this.origin}/never`], grant_types: ['authorization_code', 'refresh_token'] }],
      jwks: { keys: [this.key.jwk] },
      cookies: { keys: [randomBytes(16).toString('hex')] },
      routes: { authorization: '/oauth2/authorize', token: '/oauth2/token', revocation: '/oauth2/revoke', jwks: `${POOL}/.well-known/jwks.json`, userinfo: '/not/oauth2/userInfo' },
      features: {
        devInteractions: { enabled: false },
        rpInitiatedLogout: { enabled: false },
        revocation: { enabled: true },
        resourceIndicators: { enabled: true, defaultResource: () => 'urn:pool', useGrantedResource: () => true, getResourceServerInfo: () => ({ scope: SCOPES.join(' '), accessTokenFormat: 'jwt' }) },
      },
      claims: page,
      conformIdTokenClaims: false,
      findAccount: (_ctx, name) => this.account(name),
      loadExistingGrant: (ctx) => this.grant(ctx),
      interactions: { url: (_ctx, interaction) => `/login/${interaction.uid}` },
      issueRefreshToken: () => true,
      rotateRefreshToken: false,
      expiresWithSession: () => false,
      ttl: { AccessToken: () => this.accessTtl, IdToken: () => this.accessTtl, AuthorizationCode: 300, RefreshToken: 86400 * 30, Interaction: 600, Session: 3600, Grant: 86400 * 30 },
      formats: { customizers: { jwt: (_ctx, token, jwt) => this.makeLikeCognitos(token.accountId, Object.assign(jwt, { header: { typ: undefined } }).payload, NO_AUDIENCE) } },
      pkce: { required: () => true },
      renderError: (ctx, out) => {
        ctx.type = 'text';
        ctx.body = `error: ${out.error}: ${out.error_description}\n`;
      },
    };
  }

  account(name) {
    const user = this.users[name];
    if (!user) return undefined;
    return { accountId: name, claims: () => ({ sub: subOf(name), ...this.idClaims(name) }) };
  }

  idClaims(name) {
    const { email, groups, verified = true } = this.users[name];
    return { 'cognito:username': name, ...(groups.length ? { 'cognito:groups': groups } : {}), email, email_verified: verified, name, token_use: 'id', event_id: 'an-event' };
  }

  /** Access tokens say who it is in Cognito's own way. */
  makeLikeCognitos(name, payload, aud) {
    const { groups } = this.users[name];
    Object.assign(payload, { aud, sub: subOf(name), token_use: 'access', version: 2, username: name, ...(groups.length ? { 'cognito:groups': groups } : {}) });
  }

  /** An app client of one's own asks nobody for consent. */
  async grant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope(SCOPES.join(' '));
    grant.addResourceScope('urn:pool', SCOPES.join(' '));
    await grant.save();
    return grant;
  }

  async answer(req, res) {
    const url = new URL(req.url, this.origin);
    this.asked.push(url.pathname);
    const uid = FORM.exec(url.pathname)?.[1];
    if (uid) return this.login(req, res);
    if (url.pathname === `${POOL}/.well-known/openid-configuration`) return json(res, 200, this.metadata());
    if (url.pathname === '/oauth2/userInfo') return this.userInfo(req, res);
    if (url.pathname === '/logout') return this.logout(url, req, res);
    return this.provide(req, res);
  }

  metadata() {
    return {
      authorization_endpoint: `${this.origin}/oauth2/authorize`, end_session_endpoint: `${this.origin}/logout`, id_token_signing_alg_values_supported: ['RS256'], issuer: this.issuer,
      jwks_uri: `${this.issuer}/.well-known/jwks.json`, response_types_supported: ['code', 'token'], revocation_endpoint: `${this.origin}/oauth2/revoke`,
      scopes_supported: ['openid', 'email', 'phone', 'profile'], subject_types_supported: ['public'], token_endpoint: `${this.origin}/oauth2/token`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'], userinfo_endpoint: `${this.origin}/oauth2/userInfo`,
    };
  }

  async login(req, res) {
    if (req.method !== 'POST') return page(res, 200, loginPage());
    const { username, password } = await readForm(req);
    if (!this.users[username] || this.users[username].password !== password) return page(res, 200, loginPage('Incorrect username or password.'));
    return this.provider.interactionFinished(req, res, { login: { accountId: username } }, { mergeWithLastSubmission: false });
  }

  userInfo(req, res) {
    const token = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1];
    const claims = token && this.verify(token);
    if (!claims) return json(res, 401, { error: 'invalid_token' });
    const { email, verified = true } = this.users[claims.username];
    return json(res, 200, { sub: claims.sub, email, email_verified: String(verified), username: claims.username });
  }

  verify(token) {
    const [head, body, signature] = token.split('.');
    const good = verify('RSA-SHA256', Buffer.from(`${head}.${body}`), this.key.public, Buffer.from(signature ?? '', 'base64url'));
    const claims = good && claimsOf(token);
    return claims && claims.exp * 1000 > Date.now() ? claims : undefined;
  }

  /** The hosted page's way out: ends the session there, and sends people on only to where the app client allows. */
  async logout(url, req, res) {
    const to = url.searchParams.get('logout_uri');
    if (url.searchParams.get('client_id') !== CLIENT_ID || !this.logouts.has(to)) return page(res, 400, 'Required parameters missing or wrong');
    const ctx = this.provider.app.createContext(req, res);
    await (await this.provider.Session.get(ctx)).destroy();
    res.writeHead(302, { Location: to, 'Set-Cookie': ['_session', '_session.sig'].map((name) => `${name}=; Path=/; Max-Age=0`) });
    return res.end();
  }

  /** The claims of an access token of this pool; over overrides them (undefined: leaves one out). */
  accessClaims(name, over = {}) {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.issuer, client_id: CLIENT_ID, scope: SCOPES.join(' '), auth_time: now, iat: now, exp: now + 3600, jti: randomBytes(8).toString('hex') };
    this.makeLikeCognitos(name, claims);
    return { ...claims, ...over };
  }

  accessToken(name, over) {
    return makeToken(this.key, this.accessClaims(name, over));
  }

  idToken(name, over = {}) {
    const now = Math.floor(Date.now() / 1000);
    return makeToken(this.key, { sub: subOf(name), ...this.idClaims(name), iss: this.issuer, aud: CLIENT_ID, iat: now, exp: now + 3600, ...over });
  }
}

const subOf = (name) => `sub-of-${name}`;

function json(res, status, body) {
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(body));
}

function page(res, status, text) {
  res.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
  res.end(text);
}

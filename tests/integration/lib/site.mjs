// A real httpd with conf/site.conf as somebody would fill it in, the files beside it as they are shipped, and a user pool to sign in at.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { CLIENT_ID, CLIENT_SECRET, Cognito, POOL } from './cognito.mjs';
import { PATIENCE_MS } from './patience.mjs';
import { freePort, repo, Server, serverSuite } from './server.mjs';
import { Visitor } from './visitor.mjs';

const MODULES = ['authn_core', 'authz_host', 'authz_user', 'setenvif', 'alias', 'socache_shmcb', 'ssl', 'remoteip', 'auth_openidc'];
/** Times that are good for people, in files as they are shipped, and too short for a machine that stands still now and then. */
const SHORT_TIMES = [['cognito.conf', 'OIDCHTTPTimeoutLong 10'], ['several-servers.conf', 'OIDCRedisCacheConnectTimeout 2'], ['several-servers.conf', 'OIDCRedisCacheTimeout 2']];
const PASSWORD = 'a password';
const INCLUDE = { tls: /^#?(Include ".*\/tls\.conf")$/m, 'load-balancer': /^#?(Include ".*\/load-balancer\.conf")$/m };

const person = (name, groups, more) => ({ [name]: { password: PASSWORD, email: `${name}@example.org`, groups, ...more } });

/** One of each role, one of none, and one who might pass for another. */
export const people = () => ({
  ...person('ada', ['Admins']), ...person('edith', ['Editors']), ...person('vera', ['Viewers']), ...person('nemo', []),
  ...person('many', ['Staff', 'Viewers', 'Everybody']), ...person('sly', ['Viewers,Admins', 'NoAdmins', 'admins']), ...person('fake', ['Admins'], { verified: false }),
});

const certify = (key, certificate) => execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1',
  '-addext', 'basicConstraints=critical,CA:FALSE',
  '-keyout', key, '-out', certificate], { stdio: 'ignore' });

/** site.conf with other values, as {NAME: value}: a line that is commented out comes into force. */
function fillIn(text, values) {
  for (const [name, value] of Object.entries(values)) {
    const line = new RegExp(`^#?Define ${name} .*$`, 'm');
    if (!line.test(text)) throw new Error(`site.conf has no "Define ${name}"`);
    text = text.replace(line, () => `Define ${name} "${value}"`);
  }
  return text;
}

/**
 * options: those of Server; signIn (the file's name), way ("tls" or "load-balancer"), mount, values ({NAME: value} for site.conf), users, pool (one that runs already), state (the folder of another
 * Site, whose database is shared), url, edits ([[file, what is in it, what instead]]: only for times that nobody waits for).
 */
export class Site extends Server {
  constructor(options = {}) {
    super({ anonymous: 'none', signIn: 'cognito', way: 'tls', mount: '/', values: {}, ...options, modules: MODULES, sites: [{ mount: false, prefix: (options.mount ?? '/').slice(0, -1) }] });
    this.pool = options.pool;
    // The pool is on loopback and has no TLS; and a Debian whose OpenSSL is older than the one that its mod_ssl was built with.
    this.allow(/URL scheme \(http\) of the configured/, /AH01882/);
  }

  get isTls() {
    return this.options.way === 'tls';
  }

  get url() {
    return this.options.url ?? `https://127.0.0.1:${this.port}`;
  }

  /** The address of the mount point, with a slash at its end. */
  get home() {
    return this.url + this.options.mount;
  }

  get db() {
    return path.join(this.options.state ?? this.dir, this.sites[0].db);
  }

  makeFolder() {
    super.makeFolder();
    fs.mkdirSync(this.file('logins'), { mode: 0o700 });
    this.own('logins');
    fs.cpSync(path.join(repo, 'conf'), this.file('conf'), { recursive: true });
    for (const [name, line] of SHORT_TIMES) this.edit(name, line, line.replace(/\d+$/, PATIENCE_MS / 1000));
    for (const [name, was, is] of this.options.edits ?? []) this.edit(name, was, is);
    certify(this.file('key.pem'), this.file('certificate.pem'));
    this.ca = this.isTls ? fs.readFileSync(this.file('certificate.pem')) : undefined;
  }

  edit(name, was, is) {
    const text = fs.readFileSync(this.file(`conf/${name}`), 'utf8');
    if (!text.includes(was)) throw new Error(`${name} has no "${was}"`);
    fs.writeFileSync(this.file(`conf/${name}`), text.replace(was, is));
  }

  async start() {
    if (!this.options.pool && this.options.signIn.startsWith('cognito')) {
      this.pool = new Cognito(this.options.users ?? people());
      await this.pool.start();
    }
    this.otherPort = await freePort();
    this.internalPort = await freePort();
    await super.start();
  }

  conf() {
    this.pool?.serve(this.home);
    fs.writeFileSync(this.file('conf/site.conf'), this.siteConf());
    const lines = [`SSLSessionCache "shmcb:${this.file('tls-sessions')}(512000)"`, ...(this.isTls ? [`Listen 127.0.0.1:${this.otherPort}`] : []), `Include "${this.file('conf/site.conf')}"`, ...(this.options.last ?? [])];
    return `${super.conf()}${lines.join('\n')}\n`;
  }

  siteConf() {
    const text = fillIn(fs.readFileSync(path.join(repo, 'conf/site.conf'), 'utf8'), this.values());
    const other = this.isTls ? 'load-balancer' : 'tls';
    return text.replace(INCLUDE[this.options.way], '$1').replace(INCLUDE[other], '#$1');
  }

  values() {
    return {
      STREAMPULSE_CONF: this.file('conf'), STREAMPULSE_STATE: this.options.state ?? this.dir, STREAMPULSE_URL: this.url, STREAMPULSE_MOUNT: this.options.mount,
      STREAMPULSE_SIGN_IN: this.options.signIn, COGNITO_ISSUER: this.pool?.issuer ?? 'https://pool.invalid', COGNITO_POOL: POOL.slice(1), COGNITO_LOGIN: this.pool?.origin ?? 'https://pool.invalid', COGNITO_CLIENT_ID: CLIENT_ID,
      COGNITO_CLIENT_SECRET: CLIENT_SECRET, STREAMPULSE_LOGIN_PASSPHRASE: (this.passphrase ??= randomBytes(32).toString('hex')), STREAMPULSE_PIN_FILE: this.file('pin'),
      STREAMPULSE_ANONYMOUS_ROLE: this.options.anonymous === 'viewer' ? 'viewer' : 'none', STREAMPULSE_HTTP_PORT: this.isTls ? this.otherPort : this.port, STREAMPULSE_HTTPS_PORT: this.port,
      STREAMPULSE_CERTIFICATE: this.file('certificate.pem'), STREAMPULSE_CERTIFICATE_KEY: this.file('key.pem'), STREAMPULSE_INTERNAL: `127.0.0.1:${this.internalPort}`,
      ...(this.isTls ? {} : { STREAMPULSE_BALANCER_NETWORKS: '127.0.0.1/32' }), ...this.options.values,
    };
  }

  send(method, url, options = {}) {
    return super.send(method, url, { ca: this.ca, ...options, headers: { Host: new URL(this.url).host, ...options.headers } });
  }

  visitor(options) {
    return new Visitor({ ca: this.ca, ...(this.isTls ? {} : { ports: { [new URL(this.url).host]: this.port } }), ...options });
  }

  /** Somebody who has signed in: {visitor, headers} to pass as options.as. */
  async as(name) {
    const visitor = this.visitor();
    const res = await visitor.signIn(this.home, name, PASSWORD);
    if (res.status !== 200 && res.status !== 403) throw new Error(`${name} could not sign in: ${res.status} ${res.address}\n${res.text}`);
    return this.holding(visitor);
  }

  holding(visitor) {
    const site = this;
    return { visitor, get headers() { return { Cookie: visitor.cookies(new URL(site.url).hostname), 'Sec-Fetch-Site': 'same-origin' }; } };
  }

  async kill() {
    await super.kill();
    if (!this.options.pool) await this.pool?.stop();
  }
}

export const password = PASSWORD;

/** As suite() of server.mjs, on a site. */
export const siteSuite = (title, options, define) => serverSuite(title, () => new Site(options), define);

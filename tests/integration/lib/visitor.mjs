// Somebody with a browser that does nothing but what the web needs: keeps cookies for each host, follows redirects, fills in the pool's form.
import { request } from './http.mjs';

const MOST_REDIRECTS = 12;
const PAGE = 'text/html,application/xhtml+xml,*/*;q=0.8';

export class Visitor {
  /** options: ca (the certificate of https servers), ports ({host: port}: where a host really is, without which its address says it), headers (for every request). */
  constructor(options = {}) {
    this.options = options;
    this.jars = new Map(); // host → Map(name → value)
    this.been = []; // every address, in order
    this.set = []; // every Set-Cookie of https servers
  }

  jar(host) {
    if (!this.jars.has(host)) this.jars.set(host, new Map());
    return this.jars.get(host);
  }

  cookies(host) {
    return [...this.jar(host)].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  keep(host, lines = []) {
    for (const line of lines) {
      const [pair, ...attributes] = line.split(/;\s*/);
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const gone = attributes.some((a) => /^max-age=0$/i.test(a) || (/^expires=/i.test(a) && Date.parse(a.slice(8)) < Date.now()));
      if (gone) this.jar(host).delete(name);
      else this.jar(host).set(name, value);
    }
  }

  /** A copy that goes its own way: what a thief has. */
  copy() {
    const other = new Visitor(this.options);
    for (const [host, jar] of this.jars) other.jars.set(host, new Map(jar));
    return other;
  }

  /** One request, no redirect followed. options: method, headers, body, from (our own address). */
  async ask(address, options = {}) {
    const url = new URL(address);
    this.been.push(address);
    const cookie = this.cookies(url.hostname);
    const headers = { Host: url.host, Accept: PAGE, ...(cookie ? { Cookie: cookie } : {}), ...this.options.headers, ...options.headers };
    const port = this.options.ports?.[url.host] ?? Number(url.port), ca = url.protocol === 'https:' ? this.options.ca : undefined;
    const res = await request(port, options.method ?? 'GET', url.pathname + url.search, { body: options.body, headers, from: options.from, ca });
    this.keep(url.hostname, res.headers['set-cookie']);
    if (ca) this.set.push(...(res.headers['set-cookie'] ?? []));
    res.address = address;
    return res;
  }

  /** With redirects, as a browser that opens a page. */
  async open(address, options) {
    let res = await this.ask(address, options);
    for (let n = 0; res.status >= 301 && res.status <= 303; n++) {
      if (n === MOST_REDIRECTS) throw new Error(`redirected without end: ${this.been.slice(-4).join(' ')}`);
      res = await this.ask(new URL(res.headers.location, res.address).href);
    }
    return res;
  }

  /** Opens an address that needs somebody, and is somebody: the answer after the way back. */
  async signIn(address, name, password) {
    const form = await this.open(address);
    if (!form.text.includes('name="password"')) throw new Error(`no form to sign in: ${form.status} ${form.address}`);
    return this.submit(form, name, password);
  }

  async submit(form, username, password) {
    const body = new URLSearchParams({ username, password }).toString();
    return this.open(form.address, { method: 'POST', body, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
  }
}

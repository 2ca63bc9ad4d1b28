// conf/container.conf as it is shipped: a user that is not root, everything from the environment, logs to standard output and error.
import fs from 'node:fs';
import path from 'node:path';
import { answers, asRoot, assert, build, freePort, httpd, modules, PATIENT, repo, Server, serverSuite, until } from './server.mjs';
import { spawnTied } from './tied.mjs';

/** options: those of Server; flags (["STREAMPULSE_COGNITO", …], for -D), environment(container) → what else is in its environment. */
export class Container extends Server {
  conf() {
    throw new Error('a container has only the configuration that is shipped');
  }

  makeFolder() {
    super.makeFolder();
    fs.chmodSync(this.file('pin'), 0o640);
    for (const name of ['run', 'modules', 'logins']) {
      fs.mkdirSync(this.file(name));
      this.own(name);
    }
    for (const name of fs.readdirSync(modules()).filter((m) => m !== 'mod_streampulse.so')) fs.symlinkSync(path.join(modules(), name), this.file(`modules/${name}`));
    fs.copyFileSync(path.join(build, 'mod_streampulse.so'), this.file('modules/mod_streampulse.so'));
    // The server's user may not be able to read the repository.
    fs.cpSync(path.join(repo, 'conf'), this.file('conf'), { recursive: true });
    fs.chmodSync(this.file('conf'), 0o755);
  }

  environment() {
    return {
      ...process.env, STREAMPULSE_STATE: this.dir, STREAMPULSE_RUN: this.file('run'), STREAMPULSE_MODULES: this.file('modules'), STREAMPULSE_CONF: this.file('conf'),
      STREAMPULSE_PORT: String(this.port), STREAMPULSE_PIN_FILE: this.file('pin'), STREAMPULSE_ANONYMOUS_ROLE: this.options.anonymous, MALLOC_ARENA_MAX: '2', ...this.options.environment?.(this),
    };
  }

  /** Files take the place of the pipes that a container has for standard output and error: they belong to the server's user, as those do. */
  openOutput(name) {
    const fd = fs.openSync(this.file(name), 'a');
    this.own(name);
    return fd;
  }

  async begin() {
    this.makeFolder();
    this.port = await freePort();
    const flags = ['FOREGROUND', ...(this.options.flags ?? [])].flatMap((flag) => ['-D', flag]), more = PATIENT.flatMap((line) => ['-c', line]);
    const args = ['-f', this.file('conf/container.conf'), ...flags, ...more];
    const as = asRoot ? ['--reuid', 'www-data', '--regid', 'www-data', '--init-groups'] : [];
    const stdio = ['ignore', this.openOutput('access.log'), this.openOutput('error.log')];
    this.child = spawnTied(httpd(), args, { stdio, env: this.environment() }, as);
    this.exited = new Promise((resolve) => this.child.on('exit', (code, signal) => resolve((this.end = { code, signal }))));
    await until('httpd to run', async () => this.end || (this.starts() > 1 && (await answers(this.port))));
    assert.equal(this.end, undefined, `httpd did not start: ${this.log()}`);
  }

  access() {
    return fs.readFileSync(this.file('access.log'), 'utf8');
  }
}

/** As suite() of server.mjs, on a container. */
export const containerSuite = (title, options, define) => serverSuite(title, () => new Container(options), define);

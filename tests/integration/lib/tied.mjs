// Programs that end with the tests that started them, however those end: Node runs no after() of a test file that is killed.
import { spawn } from 'node:child_process';

const LOOK_MS = 1000;

/** As spawn(); credentials: those of setpriv that the program is to have. */
export const spawnTied = (program, args, options, credentials = []) => spawn('setpriv', ['--pdeathsig', 'TERM', ...credentials, program, ...args], options);

/** A test file whose runner was killed would go on alone, with nobody to tell. */
export function endWithRunner() {
  if (!process.env.NODE_TEST_CONTEXT) return;
  const runner = process.ppid;
  setInterval(() => process.ppid === runner || process.exit(1), LOOK_MS).unref();
}

// A database as another process sees it: the sqlite3 shell, which waits for whoever writes.
import { execFileSync, spawn } from 'node:child_process';
import { PATIENCE_MS } from './patience.mjs';

const WAIT = `.timeout ${PATIENCE_MS}`;

/** Runs SQL, as a person with a shell would. */
export const shellSql = (db, ...sql) => execFileSync('sqlite3', [db, WAIT, ...sql], { encoding: 'utf8' });

/** The rows of a query as objects. */
export function objectsOf(db, sql) {
  const text = execFileSync('sqlite3', ['-readonly', '-json', '-cmd', WAIT, db, sql], { encoding: 'utf8' });
  return text.trim() ? JSON.parse(text) : [];
}

/** The rows of a query as arrays of text, however many. */
export function rowsOf(db, sql) {
  const text = execFileSync('sqlite3', ['-readonly', '-separator', '|', '-cmd', WAIT, db, sql], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return text.split('\n').filter(Boolean).map((l) => l.split('|'));
}

/** Holds the database's write lock from another process until the returned function is called. */
export async function lockDatabase(db, sql = 'BEGIN IMMEDIATE') {
  const shell = spawn('sqlite3', [db], { stdio: ['pipe', 'pipe', 'inherit'] });
  shell.stdin.write(`${WAIT}\n${sql};\nSELECT 'locked';\n`);
  await new Promise((resolve) => shell.stdout.once('data', resolve));
  return async () => {
    shell.stdin.end('ROLLBACK;\n');
    await new Promise((resolve) => shell.once('exit', resolve));
  };
}

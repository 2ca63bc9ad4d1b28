// Sessions that no way of signing in makes so far.
import { createHash, randomBytes } from 'node:crypto';
import { shellSql } from './database.mjs';

const hash = (text) => createHash('sha256').update(text).digest('hex');

/** A session with another role, as only an SQL shell can make one: a copy of an admin's. */
export async function sessionAs(s, role, actor = `${role}@example.org`) {
  const { cookie } = await s.signIn();
  const [name, value] = cookie.split('=');
  const token = randomBytes(32).toString('hex');
  const columns = s.sql("SELECT group_concat(name) AS names FROM pragma_table_info('session') WHERE name NOT IN ('token_hash', 'role', 'actor', 'public_id')")[0].names;
  const copy = `INSERT INTO session (token_hash, role, actor, ${columns}) SELECT '${hash(token)}', '${role}', '${actor}', ${columns} FROM session WHERE token_hash = '${hash(value)}';`;
  shellSql(s.db, copy);
  return { headers: { Cookie: `${name}=${token}`, 'Sec-Fetch-Site': 'same-origin' } };
}

// conf/cognito-bearer.conf as it is shipped: programs with an access token of the user pool, and everything that is none.
import { createHmac } from 'node:crypto';
import { assert, it } from './lib/server.mjs';
import { multipart } from './lib/http.mjs';
import { makeKey, makeToken } from './lib/cognito.mjs';
import { siteSuite } from './lib/site.mjs';

const CSV = 'service,platform,week_start,viewers\nSunday,YouTube,2025-01-05,10\n';
const bearer = (token) => ({ headers: { Authorization: `Bearer ${token}` } });
const now = () => Math.floor(Date.now() / 1000);
const GONE_S = 600;

/** Every one is refused, whatever is asked for. */
const FORGED = {
  'signed by another key with the same name': (pool) => makeToken({ ...makeKey(), kid: pool.key.kid }, pool.accessClaims('ada')),
  'signed by a key that the pool does not have': (pool) => makeToken(makeKey(), pool.accessClaims('ada')),
  'with its own key in the header': (pool) => selfSigned(pool, (jwk) => ({ jwk })),
  'with an address for its key in the header': (pool) => selfSigned(pool, () => ({ jku: 'https://evil.example/jwks.json' })),
  'alg=none, without a signature': (pool) => makeToken(pool.key, pool.accessClaims('ada'), { alg: 'none' }, () => Buffer.alloc(0)),
  'alg=None, with a signature': (pool) => makeToken(pool.key, pool.accessClaims('ada'), { alg: 'None' }),
  'HS256 with the public key as the secret': (pool) => hmac(pool, pool.key.public.export({ type: 'spki', format: 'pem' })),
  'HS256 with the modulus as the secret': (pool) => hmac(pool, Buffer.from(pool.key.jwk.n, 'base64url')),
  'HS256 with the app client’s secret': (pool) => hmac(pool, 'a secret of the app client, as long as those of Cognito are'),
  'RS512 in the header only': (pool) => makeToken(pool.key, pool.accessClaims('ada'), { alg: 'RS512' }),
  'a bit of the signature changed': (pool) => flip(pool.accessToken('ada')),
  'the claims changed after it was signed': (pool) => swap(pool.accessToken('vera'), pool.accessToken('ada')),
  'without a signature': (pool) => pool.accessToken('ada').split('.').slice(0, 2).join('.'),
  expired: (pool) => pool.accessToken('ada', { iat: now() - 2 * GONE_S, exp: now() - GONE_S }),
  'without exp': (pool) => pool.accessToken('ada', { exp: undefined }),
  'with exp null': (pool) => pool.accessToken('ada', { exp: null }),
  'with exp as a text': (pool) => pool.accessToken('ada', { exp: 'never' }),
  'of another issuer': (pool) => pool.accessToken('ada', { iss: pool.issuer.replace('StreamPulse', 'SomebodyElse') }),
  'of an issuer that begins alike': (pool) => pool.accessToken('ada', { iss: `${pool.issuer}.evil.example` }),
  'without an issuer': (pool) => pool.accessToken('ada', { iss: undefined }),
  'of another app client': (pool) => pool.accessToken('ada', { client_id: 'another-app-client' }),
  'of several app clients': (pool) => pool.accessToken('ada', { client_id: ['another-app-client', pool.accessClaims('ada').client_id].join(' ') }),
  'without an app client': (pool) => pool.accessToken('ada', { client_id: undefined }),
  'without a use': (pool) => pool.accessToken('ada', { token_use: undefined }),
  'an ID token of this app client': (pool) => pool.idToken('ada'),
  'an ID token that says both': (pool) => pool.idToken('ada', { client_id: pool.accessClaims('ada').client_id }),
  'an access token with an audience and the use of an ID token': (pool) => pool.accessToken('ada', { token_use: 'id', aud: pool.accessClaims('ada').client_id, email_verified: true }),
  'of nobody': (pool) => pool.accessToken('ada', { username: undefined }),
  'of nobody, as an empty name': (pool) => pool.accessToken('ada', { username: '' }),
  'with a name that is an object': (pool) => pool.accessToken('ada', { username: { name: 'ada' } }),
  'no token at all': () => 'Admins',
  empty: () => '',
  'of 7,000 letters': () => 'e'.repeat(7000),
};

function selfSigned(pool, head) {
  const key = makeKey(), { kty, n, e } = key.jwk;
  return makeToken(key, pool.accessClaims('ada'), head({ kty, n, e }));
}

const hmac = (pool, secret) => makeToken(pool.key, pool.accessClaims('ada'), { alg: 'HS256' }, (text) => createHmac('sha256', secret).update(text).digest());

function flip(token) {
  const [head, body, signature] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[7] ^= 1;
  return [head, body, bytes.toString('base64url')].join('.');
}

const swap = (good, wanted) => [good.split('.')[0], wanted.split('.')[1], good.split('.')[2]].join('.');

siteSuite('programs with access tokens of Cognito', { signIn: 'cognito-bearer' }, (s) => {
  const upload = (token) => {
    const { body, type } = multipart([{ name: 'file', filename: 'sheet.csv', data: CSV }]);
    return s.send('POST', '/api/upload', { body, headers: { ...bearer(token).headers, 'Content-Type': type }, contract: false });
  };

  it('a token’s user has the role of its groups, and the name it has in the pool', async () => {
    for (const [name, role] of Object.entries({ ada: 'admin', edith: 'editor', vera: 'viewer', many: 'viewer', nemo: 'none', sly: 'none' })) {
      const answer = (await s.get('/api/auth/me', { as: bearer(s.pool.accessToken(name)) })).json();
      assert.deepEqual([answer.user, answer.role], [name, role]);
    }
  });

  it('a program uploads without a browser’s proof of where it comes from, as far as its role goes', async () => {
    assert.equal((await upload(s.pool.accessToken('edith'))).status, 201);
    for (const name of ['vera', 'nemo']) assert.equal((await upload(s.pool.accessToken(name))).status, 403);
    assert.deepEqual(s.sql('SELECT actor FROM entry WHERE kind = \'upload\'').map((e) => e.actor), ['edith']);
  });

  for (const [what, forge] of Object.entries(FORGED)) {
    it(`a token ${what} opens nothing`, async () => {
      for (const res of [await s.get('/api/data', { as: bearer(forge(s.pool)), contract: false }), await upload(forge(s.pool)), await s.get('/', { as: bearer(forge(s.pool)), contract: false })]) {
        assert.ok([401, 403].includes(res.status), `${res.status} ${res.text.slice(0, 200)}`);
        assert.doesNotMatch(res.text, /revision|services/);
      }
    });
  }

  it('a token in the address or in a form is none', async () => {
    const token = s.pool.accessToken('ada');
    for (const name of ['access_token', 'token']) assert.equal((await s.get(`/api/data?${name}=${token}`, { contract: false })).status, 401);
    assert.equal((await s.get('/api/data', { headers: { Cookie: `access_token=${token}; Authorization=${token}` }, contract: false })).status, 401);
    assert.equal((await s.send('POST', '/api/data', { body: `access_token=${token}`, headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, contract: false })).status, 401);
  });

  it('people go on signing in by the page, and what they hold is told apart', async () => {
    const as = await s.as('edith');
    assert.deepEqual((({ user, role, method }) => [user, role, method])((await s.get('/api/auth/me', { as })).json()), ['edith@example.org', 'editor', 'oidc']);
    assert.equal((await s.get('/api/data', { contract: false })).status, 401);
    assert.equal((await s.get('/', { headers: { Accept: 'text/html' }, contract: false })).status, 302);
    const fake = await s.as('fake');
    assert.equal((await s.get('/api/data', { as: fake, contract: false })).status, 403);
    assert.equal((await s.send('OPTIONS', '/api/data', { contract: false })).status, 403);
  });

  it('a good token beside a session does not lend it its role, nor the other way round', async () => {
    const as = await s.as('vera');
    const both = { headers: { ...as.headers, ...bearer(s.pool.accessToken('ada')).headers } };
    const answer = (await s.get('/api/auth/me', { as: both })).json();
    assert.ok((answer.role === 'viewer' && answer.user === 'vera@example.org') || (answer.role === 'admin' && answer.user === 'ada'), JSON.stringify(answer));
    const worthless = { headers: { ...as.headers, ...bearer(flip(s.pool.accessToken('ada'))).headers } };
    const res = await s.get('/api/auth/me', { as: worthless, contract: false });
    assert.ok(res.status === 401 || res.json().user === 'vera@example.org');
  });

  it('no token is in the log, not even a bad one', () => {
    s.allow(/auth_openidc:(error|warn)/, /AH0163[01]/, /AH01629/);
    for (const line of s.log().split('\n')) assert.doesNotMatch(line, /eyJ[\w-]{20,}\.[\w-]+/);
  });
});

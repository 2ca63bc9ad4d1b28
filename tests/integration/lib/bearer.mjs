// People whom mod_auth_openidc knows by a bearer token, without a provider: a key of our own, and access tokens as Cognito makes them, signed with it.
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createSign, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { suite } from './server.mjs';

export const ISSUER = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_POOL';
export const CLIENT = 'streampulse-client';
const KID = 'test-key';

/** A key, and the certificate that mod_auth_openidc checks tokens by. */
export function makeKey(s) {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', s.file('key.pem'), '-out', s.file('cert.pem'), '-days', '2', '-subj', '/CN=test'], { stdio: 'ignore' });
  s.own('cert.pem');
}

const encode = (json) => Buffer.from(JSON.stringify(json)).toString('base64url');

/** An access token; claims: what differs from an ordinary one (undefined: left out). */
export function accessToken(s, username, groups, claims = {}) {
  const now = Math.floor(Date.now() / 1000);
  const body = { iss: ISSUER, client_id: CLIENT, token_use: 'access', sub: randomUUID(), jti: randomUUID(), iat: now, exp: now + 3600, username, 'cognito:groups': groups, ...claims };
  const head = `${encode({ alg: 'RS256', kid: KID, typ: 'JWT' })}.${encode(body)}`;
  return `${head}.${createSign('RSA-SHA256').update(head).sign(createPrivateKey(fs.readFileSync(s.file('key.pem'))), 'base64url')}`;
}

export const bearer = (token) => ({ headers: { Authorization: `Bearer ${token}` } });

/** main and location of a server on which programs come with tokens, and all others as nobody. */
export const bearerModules = ['authn_core', 'authz_user', 'auth_openidc', 'setenvif'];
export const bearerMain = (s) => [
  `OIDCOAuthVerifyCertFiles "${KID}#${s.file('cert.pem')}"`, 'OIDCOAuthRemoteUserClaim username', 'OIDCClaimDelimiter " "', 'OIDCPassClaimsAs environment',
  'OIDCCryptoPassphrase "only for tests"', 'OIDCRedirectURI /oauth2callback', `OIDCClientID ${CLIENT}`, 'OIDCClientSecret none', `OIDCProviderIssuer ${ISSUER}`,
  'OIDCProviderAuthorizationEndpoint https://provider.invalid/authorize', 'OIDCProviderTokenEndpoint https://provider.invalid/token',
];
export const bearerLocation = ['AuthType auth-openidc', 'AuthName streampulse', 'OIDCUnAuthAction pass', 'AuthzSendForbiddenOnFailure On', 'Require valid-user'];

/** A suite on a server that knows people by bearer tokens; whatever needs the server's folder is a function of the server. */
export function peopleSuite(title, options, define) {
  const given = { anonymous: 'none', modules: bearerModules, ...options };
  suite(title, {
    ...given,
    prepare: (s) => {
      makeKey(s);
      s.options.main = [...bearerMain(s), ...(options.main?.(s) ?? [])];
      s.options.location = [...bearerLocation, ...(options.location ?? [])];
    },
    main: [],
    location: [],
  }, (server) => {
    server.allow(/Resource Server functionality is deprecated/);
    define(server);
  });
}

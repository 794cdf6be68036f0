import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer } from '../../support/proxy-client.js';

type Algorithm = 'RS256' | 'ES256' | 'EdDSA';
const claims = { sub: 'cus_jwks', subscription_id: 'sub_jwks' };
let keys: JWK[];
let isDown: boolean;
let fetched: number;
let provider: Server;
let stack: Stack;
let aheadMs: number;

const HOUR = 60 * 60_000;

const newKey = async (algorithm: Algorithm, kid: string = crypto.randomUUID()) => {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg: algorithm };
  const signed = (expires: string) => new SignJWT(claims).setExpirationTime(expires);
  return {
    jwk,
    sign: (expires = '5 minutes') => signed(expires).setProtectedHeader({ alg: algorithm, kid }).sign(privateKey),
    signWithoutKid: () => signed('5 minutes').setProtectedHeader({ alg: algorithm }).sign(privateKey),
  };
};
const ask = async (token: string) => (await asCustomer(stack, { token }).call('POST', '/offers', {})).status;

beforeEach(async () => {
  keys = [];
  isDown = false;
  fetched = 0;
  aheadMs = 0;
  provider = createServer((_, response) => {
    fetched += 1;
    if (isDown) response.writeHead(503).end();
    else response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const jwks = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/jwks.json`;
  stack = await startStack({
    settings: { IDENTITY_SECRET: '', IDENTITY_JWKS_URL: jwks },
    proxy: { now: () => Date.now() + aheadMs },
  });
});
afterEach(async () => {
  await stack.close();
  provider.closeAllConnections();
  provider.close();
});

describe('a token signed with a private key', () => {
  it.each<Algorithm>(['RS256', 'ES256', 'EdDSA'])(
    'of %s is taken, and the public keys are fetched once',
    async (algorithm) => {
      const { jwk, sign } = await newKey(algorithm);
      keys = [jwk];

      expect(await ask(await sign())).toBe(200);
      expect(await ask(await sign())).toBe(200);

      expect(fetched).toBe(1);
    },
  );

  it('of a key that the provider does not have is refused', async () => {
    keys = [(await newKey('ES256')).jwk];
    const stranger = await newKey('ES256');

    expect(await ask(await stranger.sign())).toBe(401);
  });

  it('cannot be forged with the public key as a shared secret', async () => {
    const { jwk } = await newKey('RS256');
    keys = [jwk];
    const forge = (secret: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: jwk.kid ?? '' })
        .setExpirationTime('5 minutes')
        .sign(new TextEncoder().encode(secret));

    expect(await ask(await forge(JSON.stringify(jwk)))).toBe(401);
    expect(await ask(await forge(jwk.n ?? ''))).toBe(401);
  });

  it('that has expired is refused', async () => {
    const { jwk, sign } = await newKey('ES256');
    keys = [jwk];

    expect(await ask(await sign('-1 minute'))).toBe(401);
  });

  it('is answered 503 and not 401 while the keys cannot be read', async () => {
    const { jwk, sign } = await newKey('ES256');
    keys = [jwk];
    isDown = true;

    expect(await ask(await sign())).toBe(503);
    isDown = false;
    expect(await ask(await sign())).toBe(200);
  });

  it('stays good for a day while the provider is away: after ten minutes it once was 503 for everybody', async () => {
    const { jwk, sign } = await newKey('ES256');
    keys = [jwk];
    expect(await ask(await sign())).toBe(200);
    isDown = true;

    aheadMs = 23 * HOUR;
    expect(await ask(await sign('2 days'))).toBe(200);
    expect(await ask(await sign('2 days'))).toBe(200);
    // Both requests together asked the provider once.
    expect(fetched).toBe(2);
    aheadMs = 25 * HOUR;
    expect(await ask(await sign('2 days'))).toBe(503);
  });

  it('is found by a key that was added since, and a withdrawn key is forgotten within minutes', async () => {
    const [old, young] = [await newKey('ES256'), await newKey('ES256')];
    keys = [old.jwk];
    expect(await ask(await old.sign())).toBe(200);
    keys = [young.jwk];

    aheadMs = 60_000;
    expect(await ask(await young.sign())).toBe(200);
    expect(await ask(await old.sign())).toBe(401);
  });

  it('may name no key when the provider has two', async () => {
    const [one, other, stranger] = [await newKey('ES256'), await newKey('ES256'), await newKey('ES256')];
    keys = [one.jwk, other.jwk];

    expect(await ask(await one.signWithoutKid())).toBe(200);
    expect(await ask(await other.signWithoutKid())).toBe(200);
    expect(await ask(await stranger.signWithoutKid())).toBe(401);
  });
});

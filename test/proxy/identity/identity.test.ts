import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { newCustomer, signToken } from '../../support/customer.js';
import { asCustomer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';
import { startStack, type Stack } from '../../support/node-stack.js';

let stack: Stack;
const claims = { sub: 'cus_identity', subscription_id: 'sub_identity' };

/** The facts of the lines in the log, with their words. */
const said: object[] = [];

beforeAll(async () => {
  const say = (facts: object, words: string) => void said.push({ ...facts, words });
  stack = await startStack({ proxy: { log: { info: say, warn: say, error: say } } });
});
afterAll(() => stack.close());

describe('a request without a valid token', () => {
  const key = () => new TextEncoder().encode(stack.identitySecret);
  const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each<[string, string, () => Promise<string> | string]>([
    ['no token', 'token_missing', () => ''],
    ['a word', 'token_malformed', () => 'ada'],
    [
      'a token of another secret',
      'token_signature',
      () => signToken(claims, 'another secret of more than 32 characters'),
    ],
    ['an expired token', 'token_expired', () => signToken(claims, stack.identitySecret, '-1 minute')],
    [
      'a token that never expires',
      'token_claim',
      () => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key()),
    ],
    [
      'a token whose end is written in milliseconds',
      'token_claim',
      () => new SignJWT({ ...claims, exp: Date.now() + 60_000 }).setProtectedHeader({ alg: 'HS256' }).sign(key()),
    ],
    [
      'an unsigned token',
      'token_signature',
      () => `${base64url({ alg: 'none' })}.${base64url({ ...claims, exp: 9_999_999_999 })}.`,
    ],
    [
      'a token of another algorithm',
      'token_signature',
      () => new SignJWT(claims).setProtectedHeader({ alg: 'HS512' }).setExpirationTime('1m').sign(key()),
    ],
    [
      'a token without a customer',
      'token_claim',
      () => signToken({ subscription_id: 'sub_identity' }, stack.identitySecret),
    ],
    ['a token without a subscription', 'token_claim', () => signToken({ sub: 'cus_identity' }, stack.identitySecret)],
    ['a token with an empty customer', 'token_claim', () => signToken({ ...claims, sub: '' }, stack.identitySecret)],
    [
      'a subscription that is two dots',
      'token_claim',
      () => signToken({ ...claims, subscription_id: '..' }, stack.identitySecret),
    ],
    [
      'a subscription with a line break',
      'token_claim',
      () => signToken({ ...claims, subscription_id: 'sub\n7' }, stack.identitySecret),
    ],
  ])('answers 401 and no offer to %s, and says why: %s', async (_, code, makeToken) => {
    const stranger = asCustomer(stack, { token: await makeToken() });

    const { status, headers, body } = await stranger.call('POST', '/offers', { feature: 'advanced-analytics' });

    expect(status).toBe(401);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body).toEqual({
      type: `urn:upgrade-offer:${code}`,
      title: expect.any(String),
      status: 401,
      code,
      requestId: headers.get('x-request-id'),
      ...(code === 'token_claim' && { detail: expect.stringMatching(/^(exp|sub|subscription_id) /) }),
    });
    const { requestId, title, detail = title } = body;
    expect(said).toContainEqual(expect.objectContaining({ requestId, code, words: expect.stringContaining(detail) }));
    expect((await sandboxOf(stack).records()).calls).toEqual([]);
  });

  it('is refused on a customer route even with the server key', async () => {
    const backend = asCustomer(stack, { token: stack.serverKey });

    expect((await backend.ask()).status).toBe(401);
  });
});

describe('a claim that is there and wrong', () => {
  it.each([
    ['iss', 'https://other.example', 'is not what IDENTITY_ISSUER of the proxy says'],
    ['aud', 'billing', 'does not name what IDENTITY_AUDIENCE of the proxy says'],
    ['nbf', 9_999_999_999, 'is in the future: compare the clocks of your backend and of the proxy'],
    ['exp', 'soon', 'must be a number of seconds since 1970'],
  ])('is named with what it should be: %s', async (claim, value, words) => {
    const settings = { IDENTITY_ISSUER: 'https://id.example', IDENTITY_AUDIENCE: 'offers' };
    const strict = await startStack({ settings });
    onTestFinished(() => strict.close());
    const exp = Math.floor(Date.now() / 1_000) + 60;
    const sent: object = { ...claims, iss: 'https://id.example', aud: 'offers', exp, [claim]: value };
    const key = new TextEncoder().encode(strict.identitySecret);
    const token = await new SignJWT({ ...sent }).setProtectedHeader({ alg: 'HS256' }).sign(key);

    const { body } = await asCustomer(strict, { token }).ask();

    expect(body).toMatchObject({ code: 'token_claim', detail: `${claim} ${words}.` });
  });
});

describe("another customer's offer and fulfillment", () => {
  it('are answered like an unknown id', async () => {
    const signed = { secret: stack.identitySecret };
    const owner = asCustomer(stack, await newCustomer('ordinary', signed));
    const other = asCustomer(stack, await newCustomer('ordinary', signed));
    const { offerId, optionId } = offered(await owner.ask({ feature: 'advanced-analytics' }));
    const fulfillmentId = fulfillmentIdOf(await owner.accept(offerId, optionId));
    const withoutRequestId = ({ status, body }: { status: number; body: unknown }) => ({
      status,
      body: { ...(body as object), requestId: '' },
    });

    expect(withoutRequestId(await other.report(offerId, 'viewed'))).toEqual(
      withoutRequestId(await other.report('nothing', 'viewed')),
    );
    expect(withoutRequestId(await other.accept(offerId, optionId))).toEqual(
      withoutRequestId(await other.accept('nothing', optionId)),
    );
    expect(withoutRequestId(await other.outcome(fulfillmentId))).toEqual(
      withoutRequestId(await other.outcome('nothing')),
    );
    expect((await other.accept(offerId, optionId)).status).toBe(404);
  });

  it('cannot be reached by an id that changes the path', async () => {
    const { token } = await newCustomer('ordinary', { secret: stack.identitySecret });
    const { call } = asCustomer(stack, { token });
    const before = (await sandboxOf(stack).records()).calls.length;

    for (const id of ['..%2Foffer_events', '%2E%2E', 'a%20b', 'x'.repeat(51), 'a%2Fb']) {
      expect((await call('GET', `/fulfillments/${id}`)).status).toBe(404);
    }
    expect((await sandboxOf(stack).records()).calls).toHaveLength(before);
  });
});

describe('ids that a company chose', () => {
  it.each([
    'ACME GmbH/North',
    '../customers',
    'back\\slash',
    'a.b',
    '...',
    'ada@acme.example',
    'a?b#c%2F',
    'Zoë Å 東京',
    'x'.repeat(50),
  ])('reach Chargebee as they are: %s', async (chosen) => {
    const paths: string[] = [];
    const recording: typeof fetch = (url, init) => {
      paths.push(new URL(String(url)).pathname);
      return fetch(url, init);
    };
    const own = await startStack({ proxy: { fetch: recording } });
    const token = await signToken({ sub: chosen, subscription_id: chosen }, own.identitySecret);

    const { status, body } = await asCustomer(own, { token }).call(
      'GET',
      `/entitlements/${encodeURIComponent(chosen)}`,
    );

    expect([status, body]).toEqual([200, { featureId: chosen, access: 'denied' }]);
    const [, id = ''] = /^\/api\/v2\/subscriptions\/([^/]+)\/subscription_entitlements$/.exec(paths[0] ?? '') ?? [];
    expect(decodeURIComponent(id)).toBe(chosen);
    await own.close();
  });

  it.each(['%2E', '%00', `${'x'.repeat(51)}`])('are refused with a sentence: %s', async (id) => {
    const { token } = await newCustomer('ordinary', { secret: stack.identitySecret });

    const { status, body } = await asCustomer(stack, { token }).call('POST', '/offers', {
      feature: decodeURIComponent(id),
    });

    expect([status, body.detail]).toEqual([400, expect.stringContaining('1 to 50 characters')]);
  });
});

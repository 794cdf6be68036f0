/** What the developer of a page reads in the console: which mistake it is, and what to do. Each once, and no token in it. */
import { SignJWT, type JWTPayload } from 'jose';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newCustomer, signToken } from '../../support/customer.js';
import { replaceCallsTo } from '../../support/page-network.js';
import { placeUntil, type Placing } from '../../support/place.js';
import { ANALYTICS, sandbox, stack } from '../../support/widget-words.js';

const ids = { sub: 'cus_7', subscription_id: 'sub_7' };
const signed = (claims: JWTPayload) => signToken(claims, stack.identitySecret);

let warnings: string[];

beforeEach(() => {
  warnings = [];
  vi.spyOn(console, 'warn').mockImplementation((line) => void warnings.push(String(line)));
});

type Mistake = [mistake: string, words: RegExp, placing: () => Placing | Promise<Placing>];

const MISTAKES: readonly Mistake[] = [
  ['no token', /has no identity token.*Set `token`, or `getToken`/, () => ({})],
  ['the placeholder of the documents', /not a JWT.*placeholder of an example/, () => ({ token: 'eyJ...' })],
  [
    'a token that has ended',
    /has expired.*ended at \d{4}-\d\d-.*Set `getToken`/,
    async () => ({ token: await signToken(ids, stack.identitySecret, '-1 minute') }),
  ],
  [
    'a token of another secret',
    /another key or algorithm.*IDENTITY_SECRET.*signed with HS256/,
    async () => ({ token: await signToken(ids, 'another secret of more than 32 characters') }),
  ],
  [
    'no subscription_id',
    /subscription_id is missing\..*your backend signs.*It has: sub, exp\./,
    async () => ({ token: await signed({ sub: 'cus_7' }) }),
  ],
  [
    'no sub',
    /sub is missing\..*your backend signs/,
    async () => ({ token: await signed({ subscription_id: 'sub_7' }) }),
  ],
  [
    'no exp',
    /exp is missing\..*your backend signs/,
    async () => {
      const key = new TextEncoder().encode(stack.identitySecret);
      return { token: await new SignJWT(ids).setProtectedHeader({ alg: 'HS256' }).sign(key) };
    },
  ],
  [
    'a getToken that brings a page to sign in',
    /getToken brought no token.*page of HTML/,
    () => ({ getToken: async () => '<!doctype html>\n<title>Sign in</title>' }),
  ],
  [
    'a getToken that brings the whole answer',
    /getToken brought no token.*an object \(token\).*\.token/,
    () => ({ getToken: () => Promise.resolve(JSON.parse('{"token":"eyJhbGciOiJIUzI1NiJ9"}')) }),
  ],
  [
    'a getToken that keeps a token which has ended',
    /has expired.*Let `getToken` ask your backend for a new one/,
    async () => {
      const token = await signToken({ ...ids, sub: 'cus_8' }, stack.identitySecret, '-1 minute');
      return { getToken: async () => token };
    },
  ],
];

describe('the console names the mistake with a token, once, and explain() says the same:', () => {
  it.each(MISTAKES)('%s', async (_, words, placing) => {
    const { element } = await placeUntil('offer-error', await placing());
    await expect.poll(() => warnings).toEqual([expect.stringMatching(words)]);
    await element.refresh();
    expect(await element.explain()).toMatch(words);
    expect(warnings).toHaveLength(1);
    const said = warnings.join();
    expect(said).not.toContain('eyJh');
    expect(said).not.toContain(stack.identitySecret);
    expect(said).not.toContain('.. ');
  });
});

it('a refusal is found in the log of the proxy by its requestId', async () => {
  await placeUntil('offer-error', { token: 'a.b', feature: 'seats' });
  await expect
    .poll(() => warnings.join())
    .toMatch(/feature="seats".*has 2\. In the log of the proxy: requestId [\w-]+\./);
});

it('a getToken that brought no token is asked again: it may bring one later', async () => {
  const { token } = await newCustomer('entitled');
  const getToken = vi.fn(async () => token).mockResolvedValueOnce('<!doctype html>');
  const { element } = await placeUntil('offer-error', { getToken, feature: ANALYTICS });
  await element.refresh();
  await expect.poll(() => element.explain()).toContain('may use the feature');
});

describe('the console says once, in plain words, that the proxy has trouble with Chargebee:', () => {
  it('nobody can tell whether the customer may use the feature', async () => {
    const customer = await newCustomer();
    const { customerId: customer_id } = customer;
    await sandbox.misbehave({ operation: 'subscription_entitlements', kind: 'unavailable', customer_id });
    const { element } = await placeUntil('offer-none', { customer, feature: ANALYTICS });
    await element.refresh();
    await expect.poll(() => warnings).toEqual([expect.stringMatching(/Nobody can tell now.*log of the proxy.*doctor/)]);
  });

  it.each([
    ['upstream_unavailable', /Chargebee did not answer the proxy, or refused its call.*doctor/],
    ['unknown_feature', /no feature with the id in `feature`/],
  ])('%s', async (why, words) => {
    replaceCallsTo('/offers', async () => Response.json({ access: 'denied', offer: null, why }));
    const { element } = await placeUntil('offer-none', { customer: await newCustomer(), feature: 'analytix' });
    await element.refresh();
    await expect.poll(() => warnings).toEqual([expect.stringMatching(words)]);
    expect(warnings[0]).toContain('feature="analytix"');
  });
});

it('nobody is bothered because there is no offer, or because nobody is signed in', async () => {
  for (const why of ['no_match', 'signed_out']) {
    replaceCallsTo('/offers', async () => Response.json({ offer: null, why }));
    const { element } = await placeUntil('offer-none', { customer: await newCustomer() });
    await expect.poll(() => element.explain()).toMatch(/no offer for this customer|Nobody is signed in/);
  }
  expect(warnings).toEqual([]);
});

import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { FEATURES_KEPT_MS } from '../../../proxy/constants.js';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer } from '../../support/proxy-client.js';

let stack: Stack;
let isRefused: boolean;
let calls: number;
let laterMs: number;
let newFeature: string | undefined;

const listed = (...ids: string[]) => ids.map((id) => ({ feature: { id } }));
/** A site with two pages of features. */
const upstream: typeof fetch = async (url, init) => {
  const { pathname, searchParams } = new URL(String(url));
  if (!pathname.endsWith('/features')) return fetch(url, init);
  calls += 1;
  if (isRefused) return new Response('{}', { status: 403 });
  if (!searchParams.has('offset')) return Response.json({ list: listed('advanced-analytics'), next_offset: 'page 2' });
  return Response.json({ list: listed('seats', ...(newFeature ? [newFeature] : [])) });
};
/** Asks about a feature that Chargebee has no offer for. */
const why = async (feature: string) => {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret });
  return (await asCustomer(stack, who).ask({ feature })).body;
};

beforeEach(async () => {
  calls = 0;
  laterMs = 0;
  isRefused = false;
  newFeature = undefined;
  stack = await startStack({ proxy: { fetch: upstream, now: () => Date.now() + laterMs } });
});
afterEach(() => stack.close());

it('a feature id that nobody knows is said to be one, and a known one is not', async () => {
  expect(await why('advanced_analytix')).toEqual({ access: 'denied', offer: null, why: 'unknown_feature' });
  expect(await why('seats')).toEqual({ access: 'denied', offer: null, why: 'no_match' });
});

it('made-up feature ids cost two calls, however many they are', async () => {
  await Promise.all(Array.from({ length: 10 }, (_, index) => why(`made-up-${index}`)));
  await why('made-up-too');

  expect(calls).toBe(2);
});

it('a feature that is made after a page has asked for it is known a minute later, not ten', async () => {
  expect((await why('reports')).why).toBe('unknown_feature');
  newFeature = 'reports';

  laterMs = FEATURES_KEPT_MS;

  expect((await why('reports')).why).toBe('no_match');
});

it('without the list of features nobody is told that an id is wrong, and one refusal is remembered', async () => {
  isRefused = true;

  expect((await why('advanced_analytix')).why).toBe('no_match');
  expect((await why('advanced_analytix')).why).toBe('no_match');
  expect(calls).toBe(1);
});

it('a site names its features itself, and one that a play grants is one of them', async () => {
  const own = await startStack();
  onTestFinished(() => own.close());
  const ask = async (feature: string) => {
    const who = await newCustomer('ordinary', { secret: own.identitySecret });
    return (await asCustomer(own, who).ask({ feature })).body.why;
  };

  expect(await ask('seats')).toBe('no_match');
  expect(await ask('seat')).toBe('unknown_feature');
});

/** The app says what an option costs that charges at a click. An offer never waits for that, and never fails by it. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PRICE_FAILURE_KEPT_MS, PRICE_KEPT_MS } from '../../../proxy/constants.js';
import type { Price } from '../../../proxy/run/server.js';
import { newCustomer, signToken } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, offered } from '../../support/proxy-client.js';

const COST = '$12.00 today, then $19.00 a month';

let stack: Stack;
let clock: number;
const price = vi.fn<Price>();
const warn = vi.fn<(facts: object, text: string) => void>();

/** A proxy of its own for each test, because it says each cause once. */
beforeEach(async () => {
  clock = Date.now();
  price.mockReset();
  warn.mockReset();
  const proxy = { price, now: () => clock, log: { info() {}, warn, error() {} } };
  stack = await startStack({ proxy });
});
afterEach(() => stack.close());

async function customer(scenario = 'billing-fails') {
  const who = await newCustomer(scenario, { secret: stack.identitySecret, expires: '1 day' });
  const { ask } = asCustomer(stack, who);
  const askedPrice = async (locale = 'en-US') => {
    const answer = await ask({ page: { locale } });
    expect(answer.status).toBe(200);
    return offered(answer).offer.options[0]?.price;
  };
  return { ...who, ask, askedPrice };
}

const priceLines = () => warn.mock.calls.filter(([, text]) => text.includes('price of an option'));

it('stands beside its option, for an offer of the store as well, and is asked for once while it is kept', async () => {
  price.mockResolvedValue(COST);
  const { askedPrice, customerId, subscriptionId } = await customer();
  expect([await askedPrice(), await askedPrice()]).toEqual([COST, COST]);
  expect(price).toHaveBeenCalledOnce();
  expect(price).toHaveBeenCalledWith(
    expect.objectContaining({ campaignId: expect.any(String) }),
    expect.objectContaining({ action: 'billing' }),
    expect.objectContaining({ customerId, subscriptionId }),
    { signal: expect.any(AbortSignal), locale: 'en-US', estimate: expect.any(Function) },
  );
  expect(await askedPrice('de-AT')).toBe(COST);
  expect(price).toHaveBeenCalledTimes(2);
  price.mockResolvedValue('$13.00 today');
  clock += PRICE_KEPT_MS;
  expect(await askedPrice()).toBe('$13.00 today');
});

it('is another one for another subscription, and is in the preview of either', async () => {
  price.mockImplementation((_offer, _option, { subscriptionId }) => `${subscriptionId} pays`);
  const [ann, bob] = [await customer(), await customer()];
  expect(await ann.askedPrice()).toBe(`${ann.subscriptionId} pays`);
  expect(await bob.askedPrice()).toBe(`${bob.subscriptionId} pays`);
  const claims = { sub: ann.customerId, subscription_id: ann.subscriptionId, preview: true };
  const staff = asCustomer(stack, { token: await signToken(claims, stack.identitySecret) });
  expect(offered(await staff.ask()).offer.options[0]?.price).toBe(`${ann.subscriptionId} pays`);
});

it('is not asked for where a click charges nothing, and is absent where the app knows none', async () => {
  price.mockResolvedValue(undefined);
  const { ask } = await customer('checkout');
  expect(offered(await ask()).offer.options[0]).not.toHaveProperty('price');
  expect(price).not.toHaveBeenCalled();
  const { askedPrice } = await customer();
  expect(await askedPrice()).toBeUndefined();
  expect(price).toHaveBeenCalledOnce();
  expect(priceLines()).toEqual([]);
});

it('comes too late: the offer goes out without it, its signal is aborted, and the log says so once', async () => {
  const signals: AbortSignal[] = [];
  price.mockImplementation((_offer, _option, _customer, { signal }) => {
    signals.push(signal);
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  const { askedPrice } = await customer();
  expect([await askedPrice(), await askedPrice()]).toEqual([undefined, undefined]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  clock += PRICE_FAILURE_KEPT_MS;
  expect(await askedPrice()).toBeUndefined();
  expect(signals).toHaveLength(2);
  expect(priceLines()).toEqual([[{}, expect.stringContaining('took longer than 300 ms')]]);
  clock += PRICE_FAILURE_KEPT_MS;
  price.mockResolvedValue(COST);
  expect(await askedPrice()).toBe(COST);
});

it('comes too late, and is kept for the next offer: it was once dropped, and never shown', async () => {
  let say = (_text: string) => {};
  price.mockReturnValue(new Promise((resolve) => (say = resolve)));
  const { askedPrice } = await customer();
  expect([await askedPrice(), await askedPrice()]).toEqual([undefined, undefined]);
  say(COST);
  expect([await askedPrice(), await askedPrice()]).toEqual([COST, COST]);
  clock += PRICE_KEPT_MS - 1;
  expect(await askedPrice()).toBe(COST);
  expect(price).toHaveBeenCalledOnce();
});

it('comes so late that it was asked for again: the newer one stays', async () => {
  let say = (_text: string) => {};
  price.mockReturnValueOnce(new Promise((resolve) => (say = resolve))).mockReturnValueOnce('$13.00 today');
  const { askedPrice } = await customer();
  expect(await askedPrice()).toBeUndefined();
  clock += PRICE_FAILURE_KEPT_MS;
  expect(await askedPrice()).toBe('$13.00 today');
  say(COST);
  expect(await askedPrice()).toBe('$13.00 today');
});

it('cannot be told: the customer sees the offer without it, and the log names each cause once', async () => {
  const error = new Error('sk_live_1 is wrong');
  price.mockImplementation(() => {
    throw error;
  });
  const { ask, askedPrice } = await customer();
  expect(JSON.stringify((await ask()).body)).not.toContain('sk_live_1');
  clock += PRICE_FAILURE_KEPT_MS;
  price.mockRejectedValue(error);
  expect(await askedPrice()).toBeUndefined();
  clock += PRICE_FAILURE_KEPT_MS;
  price.mockResolvedValue('');
  expect(await askedPrice('')).toBeUndefined();
  expect(priceLines()).toEqual([
    [{ err: error }, expect.stringContaining('threw')],
    [{}, expect.stringContaining('no text')],
  ]);
});

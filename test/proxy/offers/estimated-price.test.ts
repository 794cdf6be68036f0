/** The ready-made price asks Chargebee what the item prices of a campaign would cost this customer. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { estimatedPrice, moneyText, type EstimatedPriceOptions } from '../../../proxy/run/server.js';
import { newCustomer } from '../../support/customer.js';
import { heldCalls } from '../../support/held-calls.js';
import { startStack } from '../../support/node-stack.js';
import { asCustomer, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';
import type { StackOptions } from '../../support/stack.js';

const STORAGE = { itemPrices: [{ id: 'storage-100gb-USD-Monthly' }] };

/** A proxy whose minute and whose kept prices never end. */
async function start(price: EstimatedPriceOptions, { settings, proxy }: StackOptions = {}) {
  const warn = vi.fn<(facts: object, text: string) => void>();
  const startedAt = Date.now();
  const log = { info() {}, warn, error() {} };
  const stack = await startStack({
    ...(settings && { settings }),
    proxy: { price: estimatedPrice(price), now: () => startedAt, log, ...proxy },
  });
  onTestFinished(stack.close);

  async function customer(scenario = 'billing-fails', claims = {}) {
    const who = await newCustomer(scenario, { secret: stack.identitySecret, expires: '1 day', claims });
    const { ask } = asCustomer(stack, who);
    const askedPrice = async (locale = 'en-US') => {
      const answer = await ask({ context: { storage_used_percent: 90 }, page: { locale } });
      expect(answer.status).toBe(200);
      return offered(answer).offer.options[0]?.price;
    };
    const calls = async () => (await sandboxOf(stack).records(who)).calls;
    const estimates = async () => (await calls()).filter(({ operation }) => operation === 'estimates');
    return { ...who, askedPrice, calls, estimates };
  }

  return { customer, warnings: () => warn.mock.calls.filter(([, text]) => text.includes('price of an option')) };
}

it('is what the change charges this subscription now, and is estimated once while it is kept', async () => {
  const itemPrices = [{ id: 'storage-100gb-USD-Monthly', quantity: 2 }, { id: 'advanced-analytics-USD-Monthly' }];
  const { customer } = await start({ campaigns: { moreStorage: { itemPrices } } });
  const { askedPrice, estimates, subscriptionId } = await customer();
  await expect.poll(() => askedPrice()).toBe('$44.00');
  expect(await askedPrice()).toBe('$44.00');
  expect(await estimates()).toMatchObject([
    {
      method: 'POST',
      path: '/api/v2/estimates/update_subscription_for_items',
      body: {
        subscription: { id: subscriptionId },
        subscription_items: [
          { item_price_id: 'storage-100gb-USD-Monthly', quantity: '2' },
          { item_price_id: 'advanced-analytics-USD-Monthly' },
        ],
      },
    },
  ]);
});

it.each([
  ['USD', 'de-AT', '$\u00A012,50'],
  ['EUR', 'de-DE', '12,50\u00A0€'],
  ['JPY', 'ja', '￥1,500'],
  // Intl writes no decimals for HUF, and would round half a forint off.
  ['HUF', 'en', 'HUF\u00A04,500.50'],
  ['EUR', 'no language', '€12.50'],
  ['EUR', 'xx', '€12.50'],
])('in %s, for a page in %s, reads %s', async (currency, locale, text) => {
  const { customer } = await start({
    campaigns: { moreStorage: { itemPrices: [{ id: `storage-100gb-${currency}-Monthly` }] } },
  });
  const { askedPrice } = await customer();
  await expect.poll(() => askedPrice(locale)).toBe(text);
});

it('is that of the option, and absent for an option and a campaign without item prices', async () => {
  const analytics = { itemPrices: [{ id: 'advanced-analytics-USD-Monthly' }] };
  const { customer } = await start({ campaigns: { moreStorage: { options: { b94e07d2: analytics } } } });
  const [ordinary, other, elsewhere] = [await customer('ordinary'), await customer(), await customer('every-option')];
  await expect.poll(() => ordinary.askedPrice()).toBe('$19.00');
  for (const { askedPrice, estimates } of [other, elsewhere]) {
    expect(await askedPrice()).toBeUndefined();
    expect(await estimates()).toEqual([]);
  }
});

it('is no bare 0 where nothing is due now, such as in a trial, and the host can say what comes then', async () => {
  const campaigns = { moreStorage: STORAGE };
  const plain = await start({ campaigns });
  const said = await start({
    campaigns,
    say: ({ dueNow, next }, locale) =>
      next && `${moneyText(dueNow, locale)} today, ${moneyText(next, locale)} after the trial (${locale})`,
  });
  const worded = await said.customer('in-trial');
  await expect.poll(() => worded.askedPrice('fr')).toBe('0,00\u00A0$US today, 12,50\u00A0$US after the trial (fr)');
  const bare = await plain.customer('in-trial');
  await bare.askedPrice();
  await expect.poll(() => bare.estimates()).toMatchObject([{ status: 200 }]);
  expect(await bare.askedPrice()).toBeUndefined();
});

it('is in a preview, for which Chargebee hears the question and the estimate, and nothing else', async () => {
  const { customer } = await start({ campaigns: { moreStorage: STORAGE } });
  const { askedPrice, calls } = await customer('billing-fails', { preview: true });
  await expect.poll(() => askedPrice()).toBe('$12.50');
  expect((await calls()).map(({ operation }) => operation)).toEqual(['personalized_offers', 'estimates']);
});

it('comes too late for the first offer, and stands beside the next one without another call', async () => {
  const held = heldCalls('update_subscription_for_items');
  const { customer } = await start({ campaigns: { moreStorage: STORAGE } }, { proxy: { fetch: held.fetch } });
  const { askedPrice, estimates } = await customer();
  held.hold();
  expect([await askedPrice(), await askedPrice()]).toEqual([undefined, undefined]);
  await expect.poll(() => held.count()).toBe(1);
  held.letGo();
  await expect.poll(() => askedPrice()).toBe('$12.50');
  expect(await estimates()).toHaveLength(1);
});

it('of an item price that Chargebee does not know is absent, and the log names the parameter once', async () => {
  const { customer, warnings } = await start({ campaigns: { moreStorage: { itemPrices: [{ id: 'storage-gone' }] } } });
  const [ann, bob] = [await customer(), await customer()];
  expect([await ann.askedPrice(), await ann.askedPrice(), await bob.askedPrice()]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  const message = expect.stringContaining('404 to POST estimates: resource_not_found, parameter subscription_items');
  const refusal = [{ err: expect.objectContaining({ message }) }, expect.stringContaining('correct the campaign')];
  await expect.poll(() => warnings()).toContainEqual(refusal);
  expect(warnings().filter(([, text]) => text.includes('correct the campaign'))).toHaveLength(1);
  await expect.poll(() => ann.estimates()).toMatchObject([{ status: 404 }]);
});

it('waits for the budget before an offer does', async () => {
  const { customer, warnings } = await start(
    { campaigns: { moreStorage: { options: { b94e07d2: STORAGE } } } },
    { settings: { CHARGEBEE_CALLS_PER_MINUTE: '10' } },
  );
  // Their option has no item prices, so each makes one call of the ten. The next offer is the seventh, up to which prices are asked.
  for (let calls = 0; calls < 6; calls++) await (await customer()).askedPrice();
  const { askedPrice, estimates } = await customer('ordinary');
  expect(await askedPrice()).toBeUndefined();
  await expect
    .poll(() => warnings().map(([facts]) => facts))
    .toContainEqual({ err: expect.objectContaining({ message: expect.stringContaining('Held back a call') }) });
  expect(await estimates()).toEqual([]);
  await expect((await customer('ordinary')).askedPrice()).resolves.toBeUndefined();
});

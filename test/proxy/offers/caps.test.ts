import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../../proxy/config.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../proxy/constants.js';
import { createViews } from '../../../proxy/offers/views.js';
import { openStore } from '../../../proxy/store/open.js';
import { newCustomer } from '../../support/customer.js';
import { startProxy, startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

const START = Date.now();
const ANALYTICS = { feature: 'advanced-analytics' };
const STORAGE = { context: { storage_used_percent: 90 } };
const CAPPED = { access: 'denied', offer: null, why: 'capped' };

let clock: number;
let stack: Stack;

const now = () => clock;
const start = async (OFFER_CAPS: string) => {
  stack = await startStack({ sandbox: { now }, proxy: { now }, settings: { OFFER_CAPS } });
};
const customer = async (claims = {}) => {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '390 days', claims });
  const as = asCustomer(stack, who);
  /** Asks for an offer, and sees it where there is one. */
  const visit = async (request: object = ANALYTICS) => {
    const answer = await as.ask(request);
    if (answer.body.offer) await as.report(answer.body.offer.id, 'viewed', `display=${clock}`);
    return answer.body.offer ? 'seen' : answer.body.why;
  };
  return { ...who, ...as, visit };
};
const offerCalls = async (of: { customerId: string }) =>
  (await sandboxOf(stack).records(of)).calls.filter(({ operation }) => operation === 'personalized_offers').length;

beforeEach(() => {
  clock = START;
});
afterEach(() => stack.close());

describe('a cap', () => {
  it('counts the views of each campaign by itself, in any 7 days, to the millisecond', async () => {
    await start('campaign=3/7d');
    const { visit } = await customer();
    for (const day of [0, 1, 2]) {
      clock = START + day * DAY_MS;
      expect(await visit()).toBe('seen');
    }

    expect(await visit()).toBe('capped');
    expect(await visit(STORAGE)).toBe('seen');
    clock = START + 7 * DAY_MS - 1;
    expect(await visit()).toBe('capped');
    clock += 1;
    expect(await visit()).toBe('seen');
    expect(await visit()).toBe('capped');
  });

  it('for all campaigns counts them together, and saves Chargebee the question', async () => {
    await start('all=1/d');
    const who = await customer();

    expect(await who.visit()).toBe('seen');

    expect(await who.visit(STORAGE)).toBe('capped');
    expect(await offerCalls(who)).toBe(1);
    clock += DAY_MS;
    expect(await who.visit(STORAGE)).toBe('seen');
  });

  it('for life has no end, and the narrowest of several counts', async () => {
    await start('campaign=2/life,campaign=1/d,all=3/w');
    const { visit } = await customer();
    const seen = [];
    for (let day = 0; day < 12; day += 1) {
      clock = START + day * DAY_MS;
      seen.push([await visit(), await visit(STORAGE)].map((why) => (why === 'seen' ? 1 : 0)).join(''));
    }

    expect(seen.join(' ')).toBe('11 10 00 00 00 00 00 01 00 00 00 00');
    clock = START + 300 * DAY_MS;
    expect(await visit()).toBe('capped');
  });

  it('is each person’s own: a colleague on the same subscription, and another customer, see the offer', async () => {
    await start('all=1/life');
    const shared = { sub: `cus_${crypto.randomUUID()}`, subscription_id: `sub_${crypto.randomUUID()}` };
    const ada = await customer({ ...shared, external_user_id: 'ada' });
    const ben = await customer({ ...shared, external_user_id: 'ben' });

    expect(await ada.visit()).toBe('seen');

    expect([await ada.visit(), await ben.visit(), await (await customer()).visit()]).toEqual([
      'capped',
      'seen',
      'seen',
    ]);
  });

  it('counts what is seen, not what is answered: two tabs that ask at once both get the offer', async () => {
    await start('all=1/d');
    const { ask, report } = await customer();

    const [one, other] = await Promise.all([ask(ANALYTICS), ask(ANALYTICS)]);

    expect(offered(one).offerId).toBe(offered(other).offerId);
    expect(offered(await ask(ANALYTICS)).offerId).toBe(offered(one).offerId);
    await report(offered(one).offerId, 'viewed', 'display=1');
    expect((await ask(ANALYTICS)).body).toEqual(CAPPED);
  });

  it('never keeps an offer from somebody who has asked for it, nor does such a view count', async () => {
    await start('campaign=1/life,all=1/life');
    const { ask, askByClick, report, visit } = await customer();
    const asked = offered(await askByClick(ANALYTICS));
    await report(asked.offerId, 'viewed', 'asked=true');
    expect(await visit()).toBe('seen');

    expect((await ask(ANALYTICS)).body).toEqual(CAPPED);

    const again = offered(await askByClick(ANALYTICS));
    expect(again.offerId).toBe(asked.offerId);
    expect((await askByClick(STORAGE)).body.offer?.campaignId).toBe('moreStorage');
  });

  it('that an asked and an unasked question meet at the same moment answers each of them rightly', async () => {
    await start('all=1/d');
    const { ask, askByClick, visit } = await customer();
    await visit();
    clock += 2 * HOUR_MS;

    const [unasked, asked] = await Promise.all([ask(ANALYTICS), askByClick(ANALYTICS)]);

    expect(unasked.body).toEqual(CAPPED);
    expect(asked.body).toMatchObject({ offer: { options: [{ label: expect.any(String) }] } });
  });

  it('takes a view that is reported again for one view, and each of an older widget for one', async () => {
    await start('campaign=2/d');
    const { ask, report } = await customer();
    const { offerId } = offered(await ask(ANALYTICS));

    await report(offerId, 'viewed', 'display=1');
    await report(offerId, 'viewed', 'display=1');
    offered(await ask(ANALYTICS));
    await report(offerId, 'viewed');

    expect((await ask(ANALYTICS)).body.why).toBe('capped');
  });

  it('holds for an offer that Chargebee has just sent', async () => {
    await start('campaign=1/life');
    const who = await customer();
    await who.visit();
    clock += 2 * HOUR_MS;

    expect(await who.visit()).toBe('capped');

    expect(await offerCalls(who)).toBe(2);
    expect([await who.visit(), await offerCalls(who)]).toEqual(['capped', 2]);
  });

  it('says that Chargebee has no offer where the proxy knows that, and that a feature is unknown', async () => {
    await start('all=1/d');
    const { visit } = await customer();
    expect(await visit({})).toBe('no_match');
    await visit();

    expect(await visit({})).toBe('no_match');
    clock += 2 * MINUTE_MS;
    expect(await visit({})).toBe('capped');
  });

  it('forgets within the hour what a clock that was a year ahead has counted', async () => {
    await start('all=1/7d');
    const { visit } = await customer();
    clock = START + 365 * DAY_MS;
    await visit();
    clock = START;
    const store = await openStore(stack.environment['DATABASE_URL'] ?? '');
    const { caps } = readConfig({ ...stack.environment, OFFER_CAPS: 'all=1/7d' });
    await createViews({ store, now, caps }).removeOld();
    await store.destroy();

    expect(await visit()).toBe('seen');
    expect(await visit()).toBe('capped');
  });

  it('refuses an event that says anything but true of "asked"', async () => {
    await start('all=1/d');
    const { ask, report, call } = await customer();
    const { offerId } = offered(await ask(ANALYTICS));

    expect((await report(offerId, 'viewed', 'asked=no')).status).toBe(400);
    expect((await call('POST', '/offers?asked=1', {})).body.detail).toBe('asked: must be true, or absent');
  });
});

describe('two instances on one store', () => {
  it('count together', async () => {
    await start('campaign=3/7d,all=2/d');
    const other = await startProxy(stack.environment, { now });
    onTestFinished(() => other.stop());
    const who = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '30 days' });
    const at = [asCustomer(stack, who), asCustomer(other, who)];
    const { offerId } = offered(await asCustomer(stack, who).ask(ANALYTICS));

    for (const [index, each] of at.entries()) await each.report(offerId, 'viewed', `display=${index}`);

    for (const each of at) expect((await each.ask(ANALYTICS)).body).toEqual(CAPPED);
  });
});

it('counts nothing without OFFER_CAPS', async () => {
  await start('');
  const { visit } = await customer();

  for (let time = 0; time < 5; time += 1) expect(await visit()).toBe('seen');
});

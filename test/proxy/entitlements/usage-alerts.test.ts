/** Chargebee's usage alerts (beta), from the stand-in's webhook to the offer that a page gets. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../proxy/constants.js';
import { createUsageAlerts } from '../../../proxy/entitlements/usage-alerts.js';
import { openStore } from '../../../proxy/store/open.js';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

const ALERT = 'storage-at-80-percent';
const CREDENTIALS = { username: 'chargebee', password: 'webhook-password' };

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({
    settings: {
      BILLING_WEBHOOK_USERNAME: CREDENTIALS.username,
      BILLING_WEBHOOK_PASSWORD: CREDENTIALS.password,
      USAGE_ALERTS: ALERT,
    },
  });
  await sandboxOf(stack).sendWebhooks({ url: `${stack.proxyUrl}/webhooks/billing`, ...CREDENTIALS });
  await sandboxOf(stack).setPlays((plays) => [
    ...plays.filter(({ offer }) => offer.id !== 'moreStorage'),
    ...plays
      .filter(({ offer }) => offer.id === 'moreStorage')
      .map((play) => ({
        ...play,
        audience: [{ field: `custom.alert_${ALERT}`, operator: 'is' as const, value: true }],
      })),
  ]);
});
afterAll(() => stack.close());

const customer = async () => {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret });
  const as = asCustomer(stack, who);
  const campaign = async (feature?: string) => (await as.ask(feature ? { feature } : {})).body.offer?.campaignId;
  return { ...who, ...as, campaign };
};

/** As a tester does it on the stand-in's page. */
async function alarm(subscriptionId: string, alarm_status: 'in_alarm' | 'within_limit', alert_id = ALERT) {
  await sandboxOf(stack).changeAlert({ subscription_id: subscriptionId, alert_id, alarm_status });
}

/** The webhook as Chargebee sends it, at a time of the test's choice. */
async function webhook(subscription_id: string, alarm_status: string, occurred_at: number, alert_id = ALERT) {
  const { username, password } = CREDENTIALS;
  const response = await fetch(`${stack.proxyUrl}/webhooks/billing`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${username}:${password}`)}` },
    body: JSON.stringify({
      id: `ev_${crypto.randomUUID()}`,
      occurred_at,
      event_type: 'alert_status_changed',
      content: { alert_status: { alert_id, subscription_id, alarm_status } },
    }),
  });
  expect(response.status).toBe(204);
}

const questions = async (who: { customerId: string }) =>
  (await sandboxOf(stack).records(who)).calls.filter(({ operation }) => operation === 'personalized_offers');

describe('a usage alert', () => {
  it('brings its offer to a page that is open at its next question, until it is within its limit again', async () => {
    const who = await customer();
    expect(await who.campaign()).toBeUndefined();

    await alarm(who.subscriptionId, 'in_alarm');
    await expect.poll(() => who.campaign()).toBe('moreStorage');
    expect((await questions(who)).at(-1)).toMatchObject({ body: { custom: { [`alert_${ALERT}`]: true } } });

    await alarm(who.subscriptionId, 'within_limit');
    await expect.poll(() => who.campaign()).toBeUndefined();
  });

  it('is not hidden by an offer that was issued before it', async () => {
    const who = await customer();
    expect(await who.campaign('advanced-analytics')).toBe('advancedAnalytics');
    await who.campaign('advanced-analytics');
    expect(await questions(who)).toHaveLength(1);

    await webhook(who.subscriptionId, 'in_alarm', 1_000);

    await who.campaign('advanced-analytics');
    expect(await questions(who)).toMatchObject([
      { body: { custom: { has_advanced_analytics: false } } },
      { body: { custom: { has_advanced_analytics: false, [`alert_${ALERT}`]: true } } },
    ]);
  });

  it('stands as the later of two webhooks says, in whatever order they come', async () => {
    const who = await customer();
    await webhook(who.subscriptionId, 'within_limit', 2_000);
    await webhook(who.subscriptionId, 'in_alarm', 1_000);
    expect(await who.campaign()).toBeUndefined();

    await webhook(who.subscriptionId, 'in_alarm', 3_000);
    expect(await who.campaign()).toBe('moreStorage');
  });

  it('of another subscription, or one that the operator has not allowed, or that cannot be read, changes nothing', async () => {
    const who = await customer();
    await webhook('sub_of_somebody_else', 'in_alarm', 1_000);
    await webhook(who.subscriptionId, 'in_alarm', 1_000, 'seats-at-80-percent');
    await webhook(who.subscriptionId, 'on_fire', 1_000);

    await who.ask();
    expect(await questions(who)).toMatchObject([{ body: { custom: {} } }]);
    expect(JSON.stringify(await questions(who))).not.toContain('alert_');
  });

  it('cannot be made up by a page', async () => {
    const who = await customer();
    expect((await who.ask({ context: { [`alert_${ALERT}`]: true } })).status).toBe(400);
  });
});

it('one within its limit is kept while an outdated webhook may come, and one in alarm for more than a year', async () => {
  const store = await openStore(stack.environment['DATABASE_URL'] ?? '');
  let aheadMs = 0;
  const alerts = createUsageAlerts({ store, now: () => Date.now() + aheadMs, allowed: [ALERT] });
  const [cleared, raised] = ['sub_cleared', 'sub_raised'];
  await alerts.change({ subscriptionId: cleared, alertId: ALERT, status: 'within_limit', changedAt: Date.now() });
  await alerts.change({ subscriptionId: raised, alertId: ALERT, status: 'in_alarm', changedAt: Date.now() });
  const kept = async () => {
    await alerts.removeOld();
    return (await alerts.listOf([cleared, raised])).map(({ subscriptionId }) => subscriptionId).toSorted();
  };

  aheadMs = 3 * DAY_MS;
  expect(await kept()).toEqual([cleared, raised]);
  aheadMs = 4 * DAY_MS;
  expect(await kept()).toEqual([raised]);
  aheadMs = 401 * DAY_MS;
  expect(await kept()).toEqual([]);
  await store.destroy();
});

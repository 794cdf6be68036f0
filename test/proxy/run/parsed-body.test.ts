/** A host app whose body parser runs before the proxy, as in Nest by default and in most apps of Express. */
import express, { type RequestHandler } from 'express';
import { createHmac } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { openOfferProxy, readConfig } from '../../../proxy/run/server.js';
import { newCustomer } from '../../support/customer.js';
import { mountHost, type MountedHost } from '../../support/mounted-host.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let host: MountedHost;
let identitySecret: string;

async function open(parser: RequestHandler): Promise<void> {
  host = await mountHost(async (environment) => {
    const settings = {
      BILLING_WEBHOOK_USERNAME: 'chargebee',
      BILLING_WEBHOOK_PASSWORD: 'webhook-password',
      GROWTH_WEBHOOK_SECRET: 'a secret of Growth',
    };
    const config = readConfig({ ...environment, ...settings });
    identitySecret = environment['IDENTITY_SECRET'] ?? '';
    const proxy = await openOfferProxy(config);
    const app = express();
    app.use(parser);
    app.use(proxy.listener);
    return { listener: app, close: () => proxy.close() };
  });
}
afterEach(() => host.close());

async function ask() {
  const { token, customerId } = await newCustomer('ordinary', { secret: identitySecret });
  const answer = await host.browser({ Authorization: `Bearer ${token}` }).ask();
  return { answer, customerId };
}

describe('a body that was read before the proxy', () => {
  it.each([
    ['express.json()', express.json()],
    ['express.text()', express.text({ type: '*/*' })],
    ['express.raw()', express.raw({ type: '*/*' })],
  ])('is taken as %s left it: the page was once told that it is not JSON', async (_, parser) => {
    await open(parser);

    const { answer, customerId } = await ask();

    expect([answer.status, answer.body.offer?.options.length]).toEqual([200, 1]);
    const [sent] = (await sandboxOf(host).records({ customerId })).calls.filter(
      ({ operation }) => operation === 'personalized_offers',
    );
    expect(sent).toBeDefined();
  });

  it("may be a webhook of Chargebee's", async () => {
    await open(express.json());
    const event = { id: 'ev_1', event_type: 'subscription_changed', content: {} };
    const notice = { type: 'offer_viewed' };
    const signature = createHmac('sha1', 'a secret of Growth').update(JSON.stringify(notice)).digest('hex');
    const post = (path: string, body: unknown, headers: Record<string, string>) =>
      host.browser(headers).call('POST', `/upgrade-offer/webhooks/${path}`, body);

    const billing = await post('billing', event, { Authorization: `Basic ${btoa('chargebee:webhook-password')}` });
    const growth = await post('growth', notice, { 'X-Hub-Signature': signature });

    expect([billing.status, growth.status]).toEqual([204, 204]);
  });

  it('and is lost is said to be so, with what to do', async () => {
    await open(async (request, _, next) => {
      await text(request);
      next();
    });

    const { answer } = await ask();

    expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining('mount the proxy before that')]);
  });
});

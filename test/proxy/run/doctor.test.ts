import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig, type Environment } from '../../../proxy/config.js';
import { HOUR_MS } from '../../../proxy/constants.js';
import { examine, hostLines } from '../../../proxy/run/doctor.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let stack: Stack;
const checksWith = async (settings: Environment = {}, options = {}) => {
  const checks = await examine(readConfig({ ...stack.environment, ...settings }), options);
  return Object.fromEntries(checks.map(({ check, result, says }) => [check, { result, says }]));
};

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

describe('the doctor', () => {
  it('finds no fault in a working proxy, and names what would improve it', async () => {
    const checks = await checksWith();

    expect(checks).toMatchObject({
      'Chargebee key and site': { result: 'ok' },
      'Growth offers': { result: 'ok' },
      'Growth offer events': { result: 'ok' },
      Store: { result: 'ok' },
      Clock: { result: 'ok' },
      'Server key': { result: 'ok' },
      'Billing webhooks': { result: 'warning', says: expect.stringContaining('BILLING_WEBHOOK_USERNAME') },
    });
  });

  it('says which key is wrong, and never prints it', async () => {
    const checks = await checksWith({ CHARGEBEE_API_KEY: 'test_of_another_site' });

    expect(checks['Chargebee key and site']).toMatchObject({
      result: 'wrong',
      says: expect.stringContaining('CHARGEBEE_API_KEY'),
    });
    expect(JSON.stringify(checks)).not.toContain('test_of_another_site');
  });

  it('notices that Chargebee cannot be reached', async () => {
    const checks = await checksWith({ CHARGEBEE_URL: 'http://127.0.0.1:9' });

    expect(checks['Chargebee key and site']).toMatchObject({
      result: 'wrong',
      says: expect.stringContaining('CHARGEBEE_URL'),
    });
  });

  it('notices that offer events are not enabled', async () => {
    const refusing: typeof fetch = async (url, init) =>
      String(url).endsWith('/offer_events')
        ? Response.json({ message: 'not enabled', api_error_code: 'api_authorization_failed' }, { status: 403 })
        : fetch(url, init);

    const checks = await checksWith({}, { fetch: refusing });

    expect(checks['Growth offer events']).toMatchObject({
      result: 'wrong',
      says: expect.stringContaining('support'),
    });
    expect(checks['Growth offers']).toMatchObject({ result: 'ok' });
  });

  it.each([
    ['an error', () => Response.json({ api_error_code: 'site_not_found' }, { status: 404 })],
    ['a page', () => new Response('<html>Not found</html>', { status: 404 })],
  ])('notices a site that does not exist, which Chargebee answers with %s: it once said "ok"', async (_, answer) => {
    const checks = await checksWith({}, { fetch: async () => answer() });

    const wrong = { result: 'wrong', says: expect.stringContaining('There is no such site: correct CHARGEBEE_SITE') };
    expect(checks).toMatchObject({
      'Chargebee key and site': wrong,
      'Growth offers': wrong,
      'Growth offer events': wrong,
    });
  });

  it('says that it spoke to a sandbox: all that was ok once looked like Chargebee', async () => {
    expect((await checksWith())['Address']).toEqual({
      result: 'warning',
      says: expect.stringContaining('a sandbox, not Chargebee'),
    });
  });

  it('says of each feature of a page whether the site has it, and which ones are close', async () => {
    const checks = await checksWith({}, { features: ['advanced-analytics', 'advanced_analitics', 'teleport'] });

    expect(checks).toMatchObject({
      'Feature advanced-analytics': { result: 'ok', says: 'exists' },
      'Feature advanced_analitics': {
        result: 'wrong',
        says: 'The site has no feature with this id. Close to it: advanced-analytics.',
      },
      'Feature teleport': { result: 'wrong', says: 'The site has no feature with this id.' },
    });
  });

  describe('of the webhooks of the site', () => {
    const CREDENTIALS = { BILLING_WEBHOOK_USERNAME: 'chargebee', BILLING_WEBHOOK_PASSWORD: 'long enough to count' };
    const OWN = 'https://app.example/upgrade-offer/webhooks/billing';
    const answering = (respond: () => Response) => ({
      fetch: async (...[url, init]: Parameters<typeof fetch>) =>
        String(url).includes('/webhook_endpoints') ? respond() : fetch(url, init),
    });
    const listing = (fields: object) =>
      answering(() =>
        Response.json({ list: [{ webhook_endpoint: { id: 'we_1', name: 'Proxy', url: OWN, ...fields } }] }),
      );

    it('says that none leads to the proxy, and what to add', async () => {
      const missing = {
        result: 'wrong',
        says: expect.stringContaining('add https://<this proxy>/upgrade-offer/webhooks'),
      };
      expect((await checksWith(CREDENTIALS))['Billing webhooks']).toEqual(missing);
      const elsewhere = await checksWith(CREDENTIALS, listing({ url: 'https://app.example/hooks' }));
      expect(elsewhere['Billing webhooks']).toEqual(missing);
    });

    it('finds the one that leads to the proxy', async () => {
      await sandboxOf(stack).sendWebhooks({ url: `${stack.proxyUrl}/webhooks/billing` });
      const checks = await checksWith(CREDENTIALS);
      expect(checks['Billing webhooks']).toEqual({ result: 'ok', says: `go to ${stack.proxyUrl}/webhooks/billing` });
    });

    it('finds the one of an app whose base path is cut off before the proxy', async () => {
      const url = 'https://app.example/shop/upgrade-offer/webhooks/billing';
      const checks = await checksWith(CREDENTIALS, listing({ url }));
      expect(checks['Billing webhooks']).toEqual({ result: 'ok', says: `go to ${url}` });
    });

    it('misses the event of usage alerts where the settings name some', async () => {
      const some = listing({ enabled_events: ['subscription_changed'] });
      const says = async (settings: object) =>
        (await checksWith({ ...CREDENTIALS, ...settings }, some))['Billing webhooks']?.says;
      expect(await says({ USAGE_ALERTS: 'seats' })).toContain('alert_status_changed');
      expect(await says({})).not.toContain('alert_status_changed');
    });

    it('names the events that it does not send, and says when it is off', async () => {
      const some = await checksWith(
        CREDENTIALS,
        listing({ enabled_events: ['subscription_changed', 'invoice_generated'] }),
      );
      const { result, says } = some['Billing webhooks'] ?? {};
      expect(result).toBe('wrong');
      expect(says).toContain('does not send subscription_entitlements_created, subscription_entitlements_updated');
      expect(says).not.toMatch(/subscription_changed|customer_entitlements_updated/);
      const off = await checksWith(CREDENTIALS, listing({ disabled: true }));
      expect(off['Billing webhooks']).toMatchObject({ result: 'wrong', says: expect.stringContaining('is off') });
    });

    it('says that the key may not list them', async () => {
      const refused = () => Response.json({ api_error_code: 'api_authorization_failed' }, { status: 403 });
      const checks = await checksWith(CREDENTIALS, answering(refused));
      expect(checks['Billing webhooks']).toEqual({
        result: 'warning',
        says: expect.stringContaining('may not list webhooks'),
      });
    });
  });

  it('notices a store that cannot be written', async () => {
    const checks = await checksWith({ DATABASE_URL: 'file:package.json/proxy.db' });

    expect(checks['Store']).toMatchObject({ result: 'wrong', says: expect.stringContaining('DATABASE_URL') });
  });

  it('notices a clock that is an hour off', async () => {
    const checks = await checksWith({}, { now: () => Date.now() + HOUR_MS });

    expect(checks['Clock']).toMatchObject({ result: 'wrong', says: expect.stringContaining('NTP') });
  });

  it('changes nothing at Chargebee', async () => {
    await checksWith();

    const { events, fulfillments, offers } = await sandboxOf(stack).records();
    expect({ events, fulfillments, offers }).toEqual({ events: [], fulfillments: [], offers: [] });
  });
});

describe('the lines for the host app', () => {
  it('name the app itself if the proxy is mounted in it, and the proxy otherwise', () => {
    const own = hostLines(readConfig({ ...stack.environment, ALLOWED_ORIGINS: '' }), 'https://offers.example');
    const apart = hostLines(
      readConfig({ ...stack.environment, ALLOWED_ORIGINS: 'https://app.example' }),
      'https://offers.example',
    );

    expect(own.join('\n')).toContain("script-src 'self'");
    expect(apart.join('\n')).toContain('connect-src https://offers.example');
    expect(apart.join('\n')).toContain('https://app.example');
  });
});

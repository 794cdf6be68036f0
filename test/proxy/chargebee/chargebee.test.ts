import { afterEach, describe, expect, it, vi } from 'vitest';
import { ANSWER_DEADLINE_MS } from '../../../proxy/constants.js';
import { newCustomer } from '../../support/customer.js';
import { heldCalls } from '../../support/held-calls.js';
import { startStack } from '../../support/node-stack.js';
import { asCustomer } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

/** A `fetch` that forwards every call and records its headers. */
function watched() {
  const headers: Headers[] = [];
  const watching: typeof fetch = (url, init) => {
    headers.push(new Headers(init?.headers));
    return fetch(url, init);
  };
  return { headers, watching };
}

afterEach(() => vi.useRealTimers());

describe('a call to Chargebee', () => {
  it('carries the key and nothing about the SDK, its user or the customer’s browser', async () => {
    const { headers, watching } = watched();
    const stack = await startStack({ proxy: { fetch: watching } });
    const who = asCustomer(stack, await newCustomer('ordinary', { secret: stack.identitySecret }));

    await who.ask({ feature: 'advanced-analytics' });

    expect(headers).toHaveLength(2);
    for (const sent of headers) {
      expect(sent.get('authorization')).toBe(`Basic ${btoa('test_sandbox:')}`);
      expect(sent.get('x-chargebee-sdk-telemetry')).toBeNull();
      expect([...sent.keys()]).not.toContain('cookie');
    }
    await stack.close();
  });

  it('is reported to the telemetry adapter of a host that has one', async () => {
    const ended: number[] = [];
    const started: string[] = [];
    const adapter = {
      onRequestStart: ({ operation }: { operation: string }) => void started.push(operation),
      onRequestEnd: (_: unknown, { httpStatusCode }: { httpStatusCode: number }) => void ended.push(httpStatusCode),
    };
    const stack = await startStack({ proxy: { telemetry: { adapter } } });
    const who = asCustomer(stack, await newCustomer('ordinary', { secret: stack.identitySecret }));

    await who.ask();

    expect([started.length, ended]).toEqual([1, [200]]);
    await stack.close();
  });

  it('that hangs page after page delays nobody for longer than one call', async () => {
    const secondsForAPage = 7;
    let pages = 0;
    const slow: typeof fetch = async (url, init) => {
      pages += 1;
      await new Promise((resolve) => setTimeout(resolve, secondsForAPage * 1_000));
      return fetch(url, init);
    };
    const stack = await startStack({ proxy: { fetch: slow } });
    const who = asCustomer(stack, await newCustomer('many-entitlements', { secret: stack.identitySecret }));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let isAnswered = false;
    const asked = who.call('GET', '/entitlements/advanced-analytics').finally(() => (isAnswered = true));

    await expect.poll(() => pages).toBe(1);
    vi.advanceTimersByTime(secondsForAPage * 1_000);
    await expect.poll(() => pages).toBe(2);
    expect(isAnswered).toBe(false);
    vi.advanceTimersByTime(ANSWER_DEADLINE_MS - secondsForAPage * 1_000);

    const { status, body } = await asked;
    expect([status, body.code]).toEqual([503, 'upstream_unavailable']);
    expect(pages).toBe(2);
    vi.useRealTimers();
    await stack.close();
  });
});

describe('an entitlement that is a little old', () => {
  it('is answered at once and read again in the background', async () => {
    let aheadMs = 0;
    const reading = heldCalls('subscription_entitlements');
    const stack = await startStack({ proxy: { now: () => Date.now() + aheadMs, fetch: reading.fetch } });
    const entitled = await newCustomer('entitled', { secret: stack.identitySecret, expires: '1 day' });
    const { access } = asCustomer(stack, entitled);
    const reads = async () => (await sandboxOf(stack).records()).calls.length;
    await access('advanced-analytics');
    aheadMs = 10 * 60_000;
    reading.hold();

    expect((await access('advanced-analytics')).body.access).toBe('granted');

    await expect.poll(reading.count).toBe(1);
    expect(await reads()).toBe(1);
    reading.letGo();
    await expect.poll(reads).toBe(2);
    await stack.close();
  });
});

describe('an offer whose redirect is not safe', () => {
  it('is left out, with the reason in the log and not in the page', async () => {
    const said: string[] = [];
    const log = { info() {}, warn() {}, error: (_: object, message: string) => void said.push(message) };
    const settings = { ALLOWED_REDIRECT_HOSTS: 'app.example' };
    const stack = await startStack({ settings, proxy: { log } });
    const who = asCustomer(stack, await newCustomer('ordinary', { secret: stack.identitySecret }));

    const { body } = await who.ask({ feature: 'advanced-analytics' });

    expect(body).toEqual({ access: 'denied', offer: null, why: 'no_match' });
    expect(said).toEqual([expect.stringContaining('ALLOWED_REDIRECT_HOSTS')]);
    await stack.close();
  });
});

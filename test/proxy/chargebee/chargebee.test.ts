import { describe, expect, it } from 'vitest';
import { newCustomer } from '../../support/customer.js';
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
    const stack = await startStack();
    const who = asCustomer(stack, await newCustomer('many-entitlements', { secret: stack.identitySecret }));
    await sandboxOf(stack).misbehave({ operation: 'subscription_entitlements', kind: 'slow', delayMs: 7_000 });
    const askedAt = performance.now();

    const { status, body } = await who.call('GET', '/entitlements/advanced-analytics');

    expect([status, body.code]).toEqual([503, 'upstream_unavailable']);
    expect(performance.now() - askedAt).toBeLessThan(13_500);
    await sandboxOf(stack).behave();
    await stack.close();
  });
});

describe('an entitlement that is a little old', () => {
  it('is answered at once and read again in the background', async () => {
    let aheadMs = 0;
    const stack = await startStack({ proxy: { now: () => Date.now() + aheadMs } });
    const entitled = await newCustomer('entitled', { secret: stack.identitySecret, expires: '1 day' });
    const { access } = asCustomer(stack, entitled);
    const reads = async () => (await sandboxOf(stack).records()).calls.length;
    await access('advanced-analytics');
    aheadMs = 10 * 60_000;
    await sandboxOf(stack).misbehave({
      operation: 'subscription_entitlements',
      kind: 'slow',
      delayMs: 1_500,
      times: 1,
    });
    const askedAt = performance.now();

    expect((await access('advanced-analytics')).body.access).toBe('granted');

    expect(performance.now() - askedAt).toBeLessThan(1_000);
    await expect.poll(reads, { timeout: 5_000 }).toBe(2);
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

import { inspect } from 'node:util';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
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

    expect(headers).toHaveLength(3);
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

describe('an answer of Chargebee', () => {
  /** A proxy whose calls to Chargebee are all answered like this, and everything that it logs about them. */
  async function answering(answer: () => Response) {
    const lines: string[] = [];
    const say = (facts: object, message: string) =>
      void lines.push(inspect(facts, { depth: 9, showHidden: true }) + message);
    const proxy = { fetch: async () => answer(), log: { info: say, warn: say, error: say } };
    const stack = await startStack({ proxy });
    onTestFinished(() => stack.close());
    const claims = { email: 'ada@example.com', first_name: 'Ada', last_name: 'Lovelace' };
    const who = await newCustomer('ordinary', { secret: stack.identitySecret, claims });
    return { ...asCustomer(stack, who), lines };
  }

  it.each(['null', '"well"', '42', '[]', 'true', '{', ''])(
    'that is %s is no answer: it was once a 500',
    async (text) => {
      const { ask, access } = await answering(() => new Response(text));

      expect(await ask()).toMatchObject({ status: 200, body: { offer: null, why: 'upstream_unavailable' } });
      expect(await access('storage-gb')).toMatchObject({ status: 200, body: { access: 'unknown' } });
    },
  );

  it.each([
    [
      'an error',
      400,
      JSON.stringify({
        message: 'ada@example.com of Ada Lovelace is taken',
        api_error_code: 'param_wrong_value',
        param: 'email',
      }),
    ],
    [
      'an error in odd fields',
      400,
      JSON.stringify({ message: 'Ada', api_error_code: 'Ada Lovelace', param: 'ada@example.com' }),
    ],
    ['no JSON', 200, 'Dear Ada Lovelace, ada@example.com'],
    ['a page of HTML', 502, '<p>Ada Lovelace, ada@example.com</p>'],
  ])('that names a customer leaves no personal data in the log: %s', async (_, status, text) => {
    const { ask, access, lines } = await answering(() => new Response(text, { status }));

    await ask();
    await access('storage-gb');

    expect(lines).not.toEqual([]);
    expect(lines.join('\n')).not.toMatch(/Ada|Lovelace|example\.com/);
  });

  it('that is an error is logged by its code and the field', async () => {
    const { ask, lines } = await answering(() =>
      Response.json(
        { message: 'Bad', api_error_code: 'param_wrong_value', param: 'request_context[locale]' },
        { status: 400 },
      ),
    );

    await ask();

    expect(lines.join('\n')).toContain(
      'Chargebee answered 400 to POST personalized_offers: param_wrong_value, parameter request_context[locale].',
    );
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

import { afterEach, describe, expect, it, vi } from 'vitest';
import { OfferFlow } from '../../../../widget/flow/offer-flow.js';
import { ProxyError } from '../../../../widget/flow/question/proxy-error.js';
import { retryMs } from '../../../../widget/flow/question/retry.js';
import { newCustomer } from '../../../support/customer.js';
import { OwnPage } from '../../../support/own-page.js';
import { callsTo } from '../../../support/place.js';
import { stoppedClock } from '../../../support/stopped-clock.js';
import { ANALYTICS } from '../../../support/widget-words.js';

const flows: OfferFlow[] = [];

afterEach(() => {
  for (const flow of flows.splice(0)) flow.stop();
});

const problem =
  (status: number, headers = {}) =>
  () =>
    Response.json({ code: 'internal', title: 'It failed', status, requestId: 'r' }, { status, headers });

describe('a feature that was paid for', () => {
  it.each<[string, () => Response]>([
    ['the 502 of a load balancer', () => new Response('<h1>Bad Gateway</h1>', { status: 502 })],
    ['an answer of something else', () => new Response('Sign in to the Wi-Fi')],
    ['a 500', problem(500)],
    ['a 503', problem(503)],
    ['a 401', problem(401)],
    ['a 429', problem(429, { 'Retry-After': '2' })],
    [
      'a lost connection',
      () => {
        throw new TypeError('Failed to fetch');
      },
    ],
  ])('opens by itself after %s', async (_, failure) => {
    const { flow, clock, network } = await startedWith(failure);
    await expect.poll(clock.waits).toHaveLength(1);
    expect(flow.state.status).toBe('unanswered');
    network.mockRestore();
    clock.endWaits();
    await becomes(flow, 'unlocked');
    expect(clock.waits()).toEqual([]);
  });

  it('opens by itself after a getToken that failed once', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const { token } = await newCustomer('entitled');
    const host = new OwnPage({ customerId: '', subscriptionId: '', token: '' }, ANALYTICS);
    host.getToken = vi.fn(async () => token).mockRejectedValueOnce(new Error('the session is being renewed'));
    const { flow, clock } = startedOn(host);
    await expect.poll(clock.waits).toHaveLength(1);
    clock.endWaits();
    await becomes(flow, 'unlocked');
  });

  it('opens by itself once Chargebee can say again who may use it, and the page hears of it once', async () => {
    const unsure = { access: 'unknown', offer: null, why: 'access_unknown' };
    const { flow, clock, network, host } = await startedWith(() => Response.json(unsure));
    const none = vi.fn();
    host.addEventListener('offer-none', none);
    for (let tries = 1; tries <= 3; tries += 1) {
      await expect.poll(clock.waits).toHaveLength(1);
      clock.endWaits();
    }
    await expect.poll(clock.waits).toHaveLength(1);
    expect(none).toHaveBeenCalledTimes(1);
    network.mockRestore();
    clock.endWaits();
    await becomes(flow, 'unlocked');
  });
});

describe('a question that fails again and again', () => {
  it('is reported once, and asked less and less often', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const { clock, network, host } = await startedWith(problem(500));
    const heard = vi.fn();
    host.addEventListener('offer-error', heard);
    const pauses: number[] = [];
    for (let tries = 1; tries <= 5; tries += 1) {
      await expect.poll(clock.waits).toHaveLength(1);
      expect(callsTo(network, '/offers')).toBe(tries);
      pauses.push(...clock.waits());
      clock.endWaits();
    }
    expect(pauses).toEqual([1_500, 4_500, 13_500, 40_500, 121_500]);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('is not asked before the time that the proxy has named', async () => {
    const { clock } = await startedWith(problem(429, { 'Retry-After': '60' }));
    await expect.poll(clock.waits).toEqual([90_000]);
  });

  it('is asked as soon as the network is back', async () => {
    const { flow, clock, network } = await startedWith(problem(503));
    await expect.poll(clock.waits).toHaveLength(1);
    network.mockRestore();
    dispatchEvent(new Event('online'));
    await becomes(flow, 'unlocked');
  });

  it('is not asked in a tab that nobody looks at, and at once when somebody does', async () => {
    const { flow, clock, network } = await startedWith(problem(503));
    await expect.poll(clock.waits).toHaveLength(1);
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    clock.endWaits();
    dispatchEvent(new Event('online'));
    await new Promise(requestAnimationFrame);
    expect(callsTo(network, '/offers')).toBe(1);
    network.mockRestore();
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    await becomes(flow, 'unlocked');
  });

  it('is not asked again where the proxy would refuse it again', async () => {
    const { flow, clock, network } = await startedWith(problem(400));
    await becomes(flow, 'unanswered');
    expect(clock.waits()).toEqual([]);
    expect(callsTo(network, '/offers')).toBe(1);
  });

  it('is not asked by an element that has left the page', async () => {
    const { flow, clock } = await startedWith(problem(503));
    await expect.poll(clock.waits).toHaveLength(1);
    flow.stop();
    expect(clock.waits()).toEqual([]);
  });
});

describe('the pause before another try', () => {
  it('grows, and is never longer than ten minutes', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((tries) => retryMs(undefined, tries, 0))).toEqual([
      1_000, 3_000, 9_000, 27_000, 81_000, 243_000, 300_000,
    ]);
    expect(retryMs(busy(86_400), 0, 1)).toBe(600_000);
  });

  it('differs from page to page, and is never shorter than the proxy asks for', () => {
    expect(retryMs(busy(60), 0, 0)).toBe(60_000);
    expect(retryMs(busy(60), 0, 0.5)).toBe(90_000);
  });

  it('is the last one before the twelfth try: after it, only a customer who comes back is a reason for one more', () => {
    expect(retryMs(new Error('offline'), 11, 0)).toBe(300_000);
    expect(retryMs(new Error('offline'), 12, 0)).toBeUndefined();
  });
});

function busy(seconds: number): ProxyError {
  return new ProxyError('too_many_requests', 'busy', { retryAfterMs: seconds * 1_000 });
}

/** Every question of an entitled customer ends in `failure`. */
async function startedWith(failure: () => Response) {
  vi.spyOn(console, 'warn').mockReturnValue();
  const network = vi.spyOn(window, 'fetch').mockImplementation(async () => failure());
  const host = new OwnPage(await newCustomer('entitled'), ANALYTICS);
  return { ...startedOn(host), host, network };
}

function startedOn(host: OwnPage) {
  const clock = stoppedClock();
  const flow = new OfferFlow(host, { wait: clock.wait, jitter: 0.5 });
  flows.push(flow);
  flow.start();
  flow.update();
  return { flow, clock };
}

async function becomes(flow: OfferFlow, status: OfferFlow['state']['status']): Promise<void> {
  await expect.poll(() => flow.state.status).toBe(status);
}

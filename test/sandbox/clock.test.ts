/** The clock that tests advance, the settings, and who may use both. */
import { afterEach, describe, expect, it } from 'vitest';
import { refusal, START, startChargebee } from '../support/chargebee-http.js';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

const { url, sandbox, control, customer, accept, event, fulfillment } = await startChargebee();
const advance = (advanceMs: unknown) => control('POST', 'clock', { advanceMs });
const ordinarySettings = sandbox.settings.current();

afterEach(() => sandbox.settings.change(ordinarySettings));

describe('the clock', () => {
  it('can be advanced, and says how far it is ahead', async () => {
    const before = sandbox.clock.aheadMs();
    const now = START + before + HOUR_MS;
    expect(await advance(HOUR_MS)).toMatchObject({ status: 200, body: { now, aheadMs: before + HOUR_MS } });
    expect(await control('GET', 'clock')).toMatchObject({ body: { now } });
    expect((await customer().asks()).body.expires_at).toBe((now + HOUR_MS) / 1000);
  });

  it.each([-1, 0, 1.5, '1', null, 1e15])('refuses to advance by %j', async (ms) => {
    const before = sandbox.clock.aheadMs();
    expect(await advance(ms)).toMatchObject(refusal(400, 'param_wrong_value', 'advanceMs'));
    expect(sandbox.clock.aheadMs()).toBe(before);
  });

  it.each(['fulfillment_expired', 'external_fulfillment_failed'] as const)(
    'advances to the seventh day, on which an unfinished fulfillment fails: %s',
    async (expiryCode) => {
      await control('POST', 'settings', { expiryCode });
      const { body } = await accept(await customer('email').offer());
      const status = async () => (await fulfillment(body.offer_fulfillment.id)).body.offer_fulfillment;
      await advance(7 * DAY_MS - HOUR_MS);
      expect(await status()).toMatchObject({ status: 'in_progress' });
      await advance(HOUR_MS);
      expect(await status()).toMatchObject({ status: 'failed', error: { code: expiryCode } });
    },
  );

  it('advances to the end of a cooldown', async () => {
    const ada = customer('email');
    await event(await ada.offer(), 'dismissed');
    await advance(DAY_MS - HOUR_MS);
    expect(await ada.offer()).toBeUndefined();
    await advance(HOUR_MS);
    expect(await ada.offer()).toBeDefined();
  });
});

describe('a setting', () => {
  it('sets the cooldown, lifetime and delay that a test needs', async () => {
    await control('POST', 'settings', { cooldownMs: 1000, offerLifetimeMs: 2000, fulfillmentDelayMs: 0 });
    const ada = customer('email');
    await event(await ada.offer(), 'dismissed');
    await advance(1000);
    const offer = await ada.offer();
    await advance(2000);
    expect(await accept(offer)).toMatchObject(refusal(400, 'param_wrong_value'));

    const { body } = await accept(await customer('billing-fails').offer());
    expect(body.offer_fulfillment.status).toBe('failed');
  });

  it('chooses between the two codes with which Chargebee may refuse a second acceptance', async () => {
    const offer = await customer('email').offer();
    await accept(offer);
    expect(await accept(offer)).toMatchObject(refusal(409, 'invalid_state_for_request'));
    await control('POST', 'settings', { duplicateCode: 'invalid_request' });
    expect(await accept(offer)).toMatchObject({
      ...refusal(400, 'invalid_request'),
      body: { message: expect.stringContaining('already in progress/completed') },
    });
  });

  it.each([{ cooldownMs: -1 }, { expiryCode: 'tired' }, { mood: 'bad' }])(
    'is refused when it is wrong: %j',
    async (change) => {
      expect(await control('POST', 'settings', change)).toMatchObject(refusal(400, 'param_wrong_value'));
      expect((await control('GET', 'settings')).body).toEqual(ordinarySettings);
    },
  );
});

describe('a page', () => {
  const asked = (origin: string) =>
    fetch(`${url}/sandbox/records`, { headers: { Origin: origin } }).then(({ headers }) =>
      headers.get('access-control-allow-origin'),
    );

  it('on this machine may read the answers, and no other page may', async () => {
    expect(await asked('http://localhost:5173')).toBe('http://localhost:5173');
    expect(await asked('http://127.0.0.1:63315')).toBe('http://127.0.0.1:63315');
    expect(await asked('https://evil.example')).toBeNull();
    expect(await asked('http://localhost.evil.example')).toBeNull();
  });

  it('on another site cannot send the forms', async () => {
    const before = sandbox.clock.aheadMs();
    const form = new URLSearchParams({ advanceMs: '1000' });
    const headers = { Origin: 'https://evil.example' };
    const response = await fetch(`${url}/sandbox/pages/clock`, { method: 'POST', headers, body: form });
    expect(response.status).toBe(403);
    expect(sandbox.clock.aheadMs()).toBe(before);
  });
});

/** Time that passes on demand, and what Chargebee leaves open. */
import { afterEach, describe, expect, it } from 'vitest';
import { refusal, START, startChargebee } from '../support/chargebee-http.js';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

const { url, sandbox, control, customer, accept, event, fulfillment } = await startChargebee();
const letPass = (advanceMs: unknown) => control('POST', 'clock', { advanceMs });
const ordinarySettings = sandbox.settings.current();

afterEach(() => sandbox.settings.change(ordinarySettings));

describe('the clock', () => {
  it('goes forward when told, and says how far', async () => {
    const before = sandbox.clock.aheadMs();
    const now = START + before + HOUR_MS;
    expect(await letPass(HOUR_MS)).toMatchObject({ status: 200, body: { now, aheadMs: before + HOUR_MS } });
    expect(await control('GET', 'clock')).toMatchObject({ body: { now } });
    expect((await customer().asks()).body.expires_at).toBe((now + HOUR_MS) / 1000);
  });

  it.each([-1, 0, 1.5, '1', null, 1e15])('refuses to be moved by %j', async (ms) => {
    const before = sandbox.clock.aheadMs();
    expect(await letPass(ms)).toMatchObject(refusal(400, 'param_wrong_value', 'advanceMs'));
    expect(sandbox.clock.aheadMs()).toBe(before);
  });

  it.each(['fulfillment_expired', 'external_fulfillment_failed'] as const)(
    'brings the seventh day, on which what nobody finished fails: %s',
    async (expiryCode) => {
      await control('POST', 'settings', { expiryCode });
      const { body } = await accept(await customer('email').offer());
      const status = async () => (await fulfillment(body.offer_fulfillment.id)).body.offer_fulfillment;
      await letPass(7 * DAY_MS - HOUR_MS);
      expect(await status()).toMatchObject({ status: 'in_progress' });
      await letPass(HOUR_MS);
      expect(await status()).toMatchObject({ status: 'failed', error: { code: expiryCode } });
    },
  );

  it('brings the end of a cooldown', async () => {
    const ada = customer('email');
    await event(await ada.offer(), 'dismissed');
    await letPass(DAY_MS - HOUR_MS);
    expect(await ada.offer()).toBeUndefined();
    await letPass(HOUR_MS);
    expect(await ada.offer()).toBeDefined();
  });
});

describe('a setting', () => {
  it('makes cooldown, lifetime and delay as long as a test needs them', async () => {
    await control('POST', 'settings', { cooldownMs: 1000, offerLifetimeMs: 2000, fulfillmentDelayMs: 0 });
    const ada = customer('email');
    await event(await ada.offer(), 'dismissed');
    await letPass(1000);
    const offer = await ada.offer();
    await letPass(2000);
    expect(await accept(offer)).toMatchObject(refusal(400, 'param_wrong_value'));

    const { body } = await accept(await customer('billing-fails').offer());
    expect(body.offer_fulfillment.status).toBe('failed');
  });

  it('chooses between the two ways in which Chargebee may refuse a second acceptance', async () => {
    const offer = await customer('email').offer();
    await accept(offer);
    expect(await accept(offer)).toMatchObject(refusal(409, 'invalid_state_for_request'));
    await control('POST', 'settings', { duplicateCode: 'invalid_request' });
    expect(await accept(offer)).toMatchObject({
      ...refusal(400, 'invalid_request'),
      body: { message: expect.stringContaining('already in progress/completed') },
    });
  });

  it.each([{ cooldownMs: -1 }, { expiryCode: 'tired' }, { mood: 'bad' }])('is refused: %j', async (change) => {
    expect(await control('POST', 'settings', change)).toMatchObject(refusal(400, 'param_wrong_value'));
    expect((await control('GET', 'settings')).body).toEqual(ordinarySettings);
  });
});

describe('a page', () => {
  const asked = (origin: string) =>
    fetch(`${url}/sandbox/records`, { headers: { Origin: origin } }).then(({ headers }) =>
      headers.get('access-control-allow-origin'),
    );

  it('of this machine may ask, and no other', async () => {
    expect(await asked('http://localhost:5173')).toBe('http://localhost:5173');
    expect(await asked('http://127.0.0.1:63315')).toBe('http://127.0.0.1:63315');
    expect(await asked('https://evil.example')).toBeNull();
    expect(await asked('http://localhost.evil.example')).toBeNull();
  });

  it('of another site cannot send the forms', async () => {
    const before = sandbox.clock.aheadMs();
    const form = new URLSearchParams({ advanceMs: '1000' });
    const headers = { Origin: 'https://evil.example' };
    const response = await fetch(`${url}/sandbox/pages/clock`, { method: 'POST', headers, body: form });
    expect(response.status).toBe(403);
    expect(sandbox.clock.aheadMs()).toBe(before);
  });
});

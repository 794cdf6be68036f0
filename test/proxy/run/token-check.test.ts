import { decodeJwt, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig, type Environment } from '../../../proxy/config.js';
import { examineToken } from '../../../proxy/run/token-check.js';
import { readCustom, signTrialToken } from '../../../proxy/run/trial-token.js';
import { signToken } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer } from '../../support/proxy-client.js';

const CUSTOMER = { sub: 'cus_7', subscription_id: 'sub_7' };

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

const configOf = (settings: Environment = {}) => readConfig({ ...stack.environment, ...settings });

/** As `doctor --token` says it: claim by claim, `result: what was seen`. */
async function explained(token: string, settings: Environment = {}): Promise<Record<string, string>> {
  const checks = await examineToken(token, configOf(settings), { fetch, now: Date.now });
  return Object.fromEntries(checks.map(({ check, result, says }) => [check, `${result}: ${says}`]));
}
const explainedClaims = async (claims: JWTPayload, settings: Environment = {}, expires?: string) =>
  explained(await signToken(claims, stack.identitySecret, expires), settings);

it('says that only the boolean makes a preview', async () => {
  expect(await explainedClaims({ ...CUSTOMER, preview: 'true' })).toMatchObject({
    Token: 'ok: the proxy takes it',
    preview: 'warning: true makes no preview: only the boolean true does.',
  });
});

describe('upgrade-offer token', () => {
  const trial = async (settings: Environment = {}) =>
    signTrialToken(configOf(settings).identity, {
      customerId: 'cus_7',
      subscriptionId: 'sub_7',
      custom: readCustom(['plan=gold', 'seats=12', 'is_admin=true']) ?? {},
      now: Date.now,
    });

  it('signs a token that the running proxy takes', async () => {
    const { status } = await asCustomer(stack, { token: await trial() }).ask({ feature: 'advanced-analytics' });

    expect(status).toBe(200);
    expect(decodeJwt(await trial())['custom']).toEqual({ plan: 'gold', seats: 12, is_admin: true });
  });

  it('has the issuer and the audience that the settings expect', async () => {
    const settings = { IDENTITY_ISSUER: 'https://id.example', IDENTITY_AUDIENCE: 'offers' };

    expect(await explained(await trial(settings), settings)).toMatchObject({
      Token: 'ok: the proxy takes it',
      iss: 'ok: https://id.example',
      aud: 'ok: offers',
    });
  });

  it('refuses in one sentence where only the provider has the key', async () => {
    const settings = { IDENTITY_SECRET: undefined, IDENTITY_JWKS_URL: 'https://id.example/jwks' };

    await expect(trial(settings)).rejects.toThrow(/^Failed to sign a token: .*IDENTITY_JWKS_URL.* Get a token from/);
  });

  it('takes no field without a name', () => {
    expect([readCustom(['gold']), readCustom(['=gold'])]).toEqual([undefined, undefined]);
  });
});

describe('upgrade-offer doctor --token', () => {
  it('says who the customer is and when the token ends', async () => {
    expect(await explainedClaims({ ...CUSTOMER, email: 'ada@example.com' })).toEqual({
      Token: 'ok: the proxy takes it',
      sub: 'ok: cus_7',
      subscription_id: 'ok: sub_7',
      email: 'ok: ada@example.com',
      exp: expect.stringMatching(/^ok: ends in 5 minutes \(\d{4}-/),
    });
  });

  it('names every claim that is wrong, not only the first', async () => {
    const settings = { IDENTITY_ISSUER: 'https://id.example', IDENTITY_AUDIENCE: 'offers' };

    expect(await explainedClaims({ sub: '', aud: 'other' }, settings, '5 minutes ago')).toEqual({
      Token: expect.stringMatching(/^wrong: Refused: /),
      sub: expect.stringMatching(/^wrong: sub /),
      subscription_id: 'wrong: subscription_id is missing.',
      exp: expect.stringMatching(/^wrong: Ended 5 minutes ago /),
      iss: 'wrong: It is missing: IDENTITY_ISSUER expects "https://id.example".',
      aud: 'wrong: "other": IDENTITY_AUDIENCE expects "offers".',
    });
  });

  it('says which claims the proxy takes but leaves out, or does not read', async () => {
    const checks = await explainedClaims({ ...CUSTOMER, first_name: {}, custom: { seats: [] }, plan: 'gold' });

    expect(checks).toMatchObject({
      Token: 'ok: the proxy takes it',
      first_name: expect.stringMatching(/^warning: .*first_name is left out/),
      custom: expect.stringMatching(/^warning: .*custom\.seats is left out/),
      plan: expect.stringMatching(/^warning: The proxy does not read it/),
    });
  });

  it('explains the claims of a token with another signature, too', async () => {
    const checks = await explained(await signToken(CUSTOMER, 'the-secret-of-another-environment-32'));

    expect(checks).toMatchObject({ Token: expect.stringMatching(/signed with another key/), sub: 'ok: cus_7' });
  });

  it('says that something is no token', async () => {
    expect(await explained('cus_7')).toEqual({ Token: expect.stringMatching(/^wrong: Refused: .* is not a JWT/) });
  });
});

/** The backend of the sample app, as an attacker with an HTTP client sees it. */
import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { createAppBackend } from '../../demo/app/backend/app-backend.js';
import { openDemo } from './visit.js';

it('gives neither a token nor an account without a session', async () => {
  const { url } = await openDemo();
  for (const path of ['token', 'account']) {
    const response = await fetch(`${url}/app/api/${path}`);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: 'Nobody is signed in. Reload the page.' });
  }
});

it('signs a token of five minutes for the user of the session', async () => {
  const { url } = await openDemo();
  const cookie = await sessionOf(url, 'ben');
  const response = await fetch(`${url}/app/api/token`, { headers: { cookie } });
  const { token } = await response.json();
  const { exp = 0, iat = 0, ...claims } = decodeJwt(token);
  expect(claims).toEqual({
    sub: 'cus_juniper',
    subscription_id: 'sub_juniper',
    external_user_id: 'ben',
    email: 'ben@juniper.example',
    first_name: 'Ben',
  });
  expect(exp - iat).toBe(5 * 60);
  expect(response.headers.get('cache-control')).toBe('no-store');
});

it('hides the session from scripts and from other sites', async () => {
  const { url } = await openDemo();
  const response = await fetch(`${url}/app/`);
  expect(response.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/);
  await response.body?.cancel();
});

it('rejects a cookie that it did not sign', async () => {
  const { url } = await openDemo();
  const cookie = (await sessionOf(url, 'ada')).replace('=ada.', '=cleo.');
  const response = await fetch(`${url}/app/api/token`, { headers: { cookie } });
  expect(response.status).toBe(401);
});

it('refuses a form from another site', async () => {
  const { url } = await openDemo();
  const cookie = await sessionOf(url, 'ada');
  const origin = 'https://elsewhere.example';
  const asForm = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const headers of [
    { cookie, origin, ...asForm },
    { cookie, origin },
  ]) {
    const response = await fetch(`${url}/app/api/upgrade`, { method: 'POST', headers });
    expect(response.status).toBe(403);
  }
});

it('provisions nothing without an accepted offer', async () => {
  const { url } = await openDemo();
  const cookie = await sessionOf(url, 'ada');
  for (const path of ['upgrade', 'upgrade/decline']) {
    const response = await fetch(`${url}/app/api/${path}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{"subscriptionId": "sub_fernhill"}',
    });
    expect(response.status).toBe(409);
    expect(await response.json()).toEqual({
      message: 'No upgrade is waiting to be paid. Accept the offer first.',
    });
  }
  const account = await (await fetch(`${url}/app/api/account`, { headers: { cookie } })).json();
  expect(account).toMatchObject({ plan: 'Team plan' });
});

it('accepts the same payment again when its first answer was lost', async () => {
  const { url } = await openDemo();
  const cookie = await sessionOf(url, 'ada');
  const { token } = await (await fetch(`${url}/app/api/token`, { headers: { cookie } })).json();
  const ask = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return fetch(`${url}/upgrade-offer/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  const { offer } = await (await ask('offers', { feature: 'advanced-analytics' })).json();
  await ask(`offers/${offer.id}/fulfillments`, { optionId: offer.options[0].id });

  for (const time of ['first', 'second']) {
    const paid = await fetch(`${url}/app/api/upgrade`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(paid.status, time).toBe(204);
  }
});

it('works without the proxy', async () => {
  const logged: unknown[] = [];
  const app = createAppBackend({
    proxyUrl: 'http://localhost:1',
    identitySecret: 'a secret that is long enough for tests',
    serverKey: 'a key',
    sessionSecret: 'another secret',
    log: (error) => logged.push(error),
  });
  const { headers } = await app.request('/index.html');
  const [cookie = ''] = headers.get('set-cookie')?.split(';') ?? [];

  const account = await app.request('/api/account', { headers: { cookie } });
  expect(await account.json()).toMatchObject({ user: { id: 'ada' }, storage: { quotaGb: 100 } });

  const upgrade = await app.request('/api/upgrade', { headers: { cookie } });
  expect(upgrade.status).toBe(502);
  expect(await upgrade.json()).toEqual({ message: 'Something went wrong on our side. Try again in a minute.' });
  expect(logged).toHaveLength(2);
});

it('signs in only its three users', async () => {
  const { url } = await openDemo();
  const response = await signIn(url, 'mallory');
  expect(response.status).toBe(400);
  expect(response.headers.get('set-cookie')).toBeNull();
});

function signIn(url: string, user: string): Promise<Response> {
  return fetch(`${url}/app/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  });
}

async function sessionOf(url: string, user: string): Promise<string> {
  const [cookie = ''] = (await signIn(url, user)).headers.get('set-cookie')?.split(';') ?? [];
  return cookie;
}

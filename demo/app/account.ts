/** The calls from the pages to the app's own backend. The browser adds the session cookie. */
import type { Account, UpgradeState } from './backend/app-backend.js';

const UNREACHABLE = 'We could not reach Halyard. Check your connection, then try again.';

export async function readAccount(): Promise<Account> {
  return (await ask('account')).json();
}

/** A new token for `<upgrade-offer>`, which calls this again when the token has expired. */
export async function getToken(): Promise<string> {
  const { token }: { token: string } = await (await ask('token')).json();
  return token;
}

export async function signIn(user: string): Promise<void> {
  await ask('session', { user });
}

export async function readUpgrade(): Promise<UpgradeState> {
  return (await ask('upgrade')).json();
}

export async function payUpgrade(): Promise<void> {
  await ask('upgrade', {}, `${UNREACHABLE} You will not be charged twice.`);
}

export async function declineUpgrade(): Promise<void> {
  await ask('upgrade/decline', {});
}

/** Makes the whole demo forget what happened. */
export async function startOver(): Promise<void> {
  await ask('../reset', {});
}

/** @throws an Error whose message the page can show. */
async function ask(path: string, body?: object, unreachable = UNREACHABLE): Promise<Response> {
  const response = await fetch(
    `/app/api/${path}`,
    body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  ).catch((cause: unknown) => {
    throw new Error(unreachable, { cause });
  });
  if (response.ok) return response;
  const { message }: { message: string } = await response.json();
  throw new Error(message);
}

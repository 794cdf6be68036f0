/** What the pages ask of the app's own backend. The session cookie travels by itself. */
import type { Account } from './backend/app-backend.js';
import type { UserId } from './backend/users.js';

export async function readAccount(): Promise<Account> {
  return (await ask('account')).json();
}

/** A fresh identity for `<upgrade-offer>`, which calls this again when the last one has expired. */
export async function getToken(): Promise<string> {
  const { token }: { token: string } = await (await ask('token')).json();
  return token;
}

export async function signIn(user: UserId): Promise<void> {
  await ask('session', { user });
}

/** Whether an accepted offer waits to be paid: by this user, or by a colleague. */
export async function hasOpenUpgrade(): Promise<boolean> {
  const { isOpen }: { isOpen: boolean } = await (await ask('upgrade')).json();
  return isOpen;
}

export async function payUpgrade(): Promise<void> {
  await ask('upgrade', {});
}

export async function declineUpgrade(): Promise<void> {
  await ask('upgrade/decline', {});
}

async function ask(path: string, body?: object): Promise<Response> {
  const response = await fetch(
    `/app/api/${path}`,
    body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  if (response.ok) return response;
  const { message }: { message: string } = await response.json();
  throw new Error(message);
}

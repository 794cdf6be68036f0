/** Starts the built proxy as an operator does, and makes customers who may call it. */
import { SignJWT } from 'jose';
import { join } from 'node:path';
import { startServer, type ServerProcess } from './server-process.js';

/** The key of the customers' tokens. */
export const SECRET = 'the secret that the bench signs tokens with';
/** No call waits for the budget, so that Chargebee's limit is not what is measured. */
const UNLIMITED = '999999';

export async function startProxy(
  folder: string,
  chargebeeUrl: string,
  name: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  return startServer(['proxy/cli.js'], {
    folder,
    environment: {
      CHARGEBEE_SITE: 'acme-test',
      CHARGEBEE_API_KEY: 'test_sandbox',
      CHARGEBEE_URL: chargebeeUrl,
      CHARGEBEE_CALLS_PER_MINUTE: UNLIMITED,
      DATABASE_URL: `file:${join(folder, `${name}.db`)}`,
      IDENTITY_SECRET: SECRET,
      BROWSER_CONTEXT: 'visit:number',
      PORT: '0',
      ...settings,
    },
  });
}

/** Use so many that none of them reaches the proxy's limit of requests for one customer. */
export function tokens(count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      new SignJWT({ sub: `cus_${index}`, subscription_id: `sub_${index}` })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('1 hour')
        .sign(new TextEncoder().encode(SECRET)),
    ),
  );
}

/** Issues an offer to every customer. @returns the offers' ids, in the order of the customers. */
export async function issueOffers({ url }: ServerProcess, customers: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const token of customers) {
    const response = await fetch(`${url}/offers`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: '{}',
    });
    const { offer } = (await response.json()) as { offer?: { id: string } };
    if (!offer) throw new Error('Failed to prepare the bench: the proxy had no offer for a customer.');
    ids.push(offer.id);
  }
  return ids;
}

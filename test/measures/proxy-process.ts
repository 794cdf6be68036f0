/** The built proxy under test, as an operator starts it, and customers who may ask it. */
import { SignJWT } from 'jose';
import { join } from 'node:path';
import { startServer, type ServerProcess } from './server-process.js';

/** What the customers' tokens are signed with. */
export const SECRET = 'the secret that the bench signs tokens with';
/** No call waits for the budget, so that the proxy is measured and not Chargebee's limit. */
const UNLIMITED = '999999';

export async function startProxy(
  folder: string,
  chargebeeUrl: string,
  name: string,
  callsPerMinute = UNLIMITED,
): Promise<ServerProcess> {
  return startServer(['proxy/cli.js'], {
    folder,
    environment: {
      CHARGEBEE_SITE: 'acme-test',
      CHARGEBEE_API_KEY: 'test_sandbox',
      CHARGEBEE_URL: chargebeeUrl,
      CHARGEBEE_CALLS_PER_MINUTE: callsPerMinute,
      DATABASE_URL: `file:${join(folder, `${name}.db`)}`,
      IDENTITY_SECRET: SECRET,
      BROWSER_CONTEXT: 'visit:number',
      PORT: '0',
    },
  });
}

/** So many that none of them meets the proxy's limit of requests for one customer. */
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

/** Every customer is issued an offer. @returns its id for each of them. */
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

/** The session that the app already has. Here it is a signed cookie. */
import { jwtVerify } from 'jose';
import type { Customer } from 'upgrade-offer/proxy';

export async function customerOfSession(cookie: string | null): Promise<Customer | undefined> {
  const [, session] = /(?:^|; )session=([^;]+)/.exec(cookie ?? '') ?? [];
  if (!session) return undefined;
  const key = new TextEncoder().encode(process.env['SESSION_SECRET']);
  const { payload } = await jwtVerify<{ sub: string; subscription_id: string }>(session, key);
  return { customerId: payload.sub, subscriptionId: payload.subscription_id };
}

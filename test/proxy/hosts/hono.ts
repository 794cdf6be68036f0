/**
 * A Hono app with sessions of its own. The proxy is mounted beside the app's routes, identifies the customer by the app's
 * session, and guards one of the app's routes.
 */
import { Hono } from 'hono';
import { setSignedCookie } from 'hono/cookie';
import { parseSigned } from 'hono/utils/cookie';
import type { Environment } from '../../../proxy/config.js';
import { openOfferProxy, readConfig, type Customer } from '../../../proxy/run/server.js';

const SESSION = 'session';
const SESSION_SECRET = crypto.randomUUID();

export async function openHonoHost(environment: Environment) {
  const config = readConfig(environment, { identifiedByHost: true });
  const proxy = await openOfferProxy(config, { identify });

  const app = new Hono();
  app.post('/login', async (c) => {
    // Here a real app checks a password.
    const { user } = await c.req.json<{ user: string }>();
    await setSignedCookie(c, SESSION, user, SESSION_SECRET, { httpOnly: true, sameSite: 'Lax' });
    return c.body(null, 204);
  });
  app.get('/hello', (c) => c.text('hello'));
  app.get('/reports', proxy.requireEntitlement('advanced-analytics'), (c) => c.text('reports'));
  app.route('/', proxy.app);

  return { app, close: () => proxy.close() };
}

async function identify(request: Request): Promise<Customer | undefined> {
  const { session } = await parseSigned(request.headers.get('Cookie') ?? '', SESSION_SECRET, SESSION);
  return session ? customerOf(session) : undefined;
}

/** Here a real app looks up the ids under which Chargebee knows the company of this user. */
function customerOf(user: string): Customer {
  return { customerId: `cus_${user}`, subscriptionId: `sub_${user}`, userId: user };
}

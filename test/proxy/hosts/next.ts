/**
 * Route handlers for Next's app router: each is a function from Request to Response. In a Next app each handler is in its own
 * file, and all of them import the same opened proxy.
 */
import { parseSigned, serializeSigned } from 'hono/utils/cookie';
import type { Environment } from '../../../proxy/config.js';
import { openOfferProxy, readConfig, type Customer } from '../../../proxy/run/server.js';

const SESSION = 'session';
const SESSION_SECRET = crypto.randomUUID();

export async function openNextHost(environment: Environment) {
  const config = readConfig(environment, { identifiedByHost: true });
  const proxy = await openOfferProxy(config, { identify });

  return {
    /** `app/upgrade-offer/[...path]/route.ts`: export it as `GET`, as `POST` and as `OPTIONS`. */
    offerHandler: (request: Request) => proxy.app.fetch(request),
    /** `app/login/route.ts` */
    async loginHandler(request: Request): Promise<Response> {
      // Here a real app checks a password.
      const { user }: { user: string } = await request.json();
      const cookie = await serializeSigned(SESSION, user, SESSION_SECRET, { httpOnly: true, sameSite: 'Lax' });
      return new Response(null, { status: 204, headers: { 'Set-Cookie': cookie } });
    },
    /** `app/hello/route.ts` */
    helloHandler: () => new Response('hello'),
    close: () => proxy.close(),
  };
}

async function identify(request: Request): Promise<Customer | undefined> {
  const { session } = await parseSigned(request.headers.get('Cookie') ?? '', SESSION_SECRET, SESSION);
  return session ? customerOf(session) : undefined;
}

/** Here a real app looks up the ids under which Chargebee knows the company of this user. */
function customerOf(user: string): Customer {
  return { customerId: `cus_${user}`, subscriptionId: `sub_${user}`, userId: user };
}

/** What only a demo has, and no host application: starting over, and signing in as the customer of a scenario. */
import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { createSession } from './session.js';
import { GuestId } from './users.js';

export interface DemoRoutesOptions {
  sessionSecret: string;
  /** Makes everything forget what happened. */
  reset(): Promise<void>;
}

/** Where an offer of the sandbox has its place in the app. */
const PAGE_OF_OFFER: Readonly<Record<string, string>> = { moreStorage: 'storage.html?used=88' };

export function demoRoutes({ sessionSecret, reset }: DemoRoutesOptions): Hono {
  const session = createSession(sessionSecret);
  const routes = new Hono();

  routes.post('/reset', csrf(), async (c) => {
    await reset();
    await session.open(c, 'ada');
    return c.body(null, 204);
  });

  // Each try has a customer of its own, who has not accepted anything yet.
  routes.get('/try', async (c) => {
    const guest = v.safeParse(GuestId, `${c.req.query('customer_id')}_${randomBytes(2).toString('hex')}`);
    if (!guest.success)
      throw new HTTPException(400, { message: 'Name a customer, such as ?customer_id=cus_checkout.' });
    await session.open(c, guest.output);
    return c.redirect(PAGE_OF_OFFER[c.req.query('offer') ?? ''] ?? 'analytics.html');
  });

  return routes;
}

/**
 * What only a demo has, and no host application: starting over, and signing in as the customer of a scenario. A cookie tells the
 * pages in which run they are, so that they forget what the widget remembers of an earlier one.
 */
import { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
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

/** Where an offer or a feature of the sandbox has its place in the app. */
const PAGE_OF: Readonly<Record<string, string>> = {
  moreStorage: 'storage.html?used=88',
  'storage-gb': 'storage.html?used=88',
};

export function demoRoutes({ sessionSecret, reset }: DemoRoutesOptions): Hono {
  const session = createSession(sessionSecret);
  const run = randomBytes(8).toString('hex');
  const routes = new Hono();

  routes.get('*', async (c, next) => {
    setCookie(c, 'halyard_run', run, { path: '/app', sameSite: 'Lax' });
    await next();
  });

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
    return c.redirect(PAGE_OF[c.req.query('offer') ?? c.req.query('feature') ?? ''] ?? 'analytics.html');
  });

  return routes;
}

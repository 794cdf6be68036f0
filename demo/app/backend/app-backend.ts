/**
 * The backend of the sample app, as a host application would write it: it knows who is signed in, signs tokens for the
 * widget, and fulfills accepted upgrades. Ids of customers, subscriptions and fulfillments come from the session, never
 * from a request. It never talks to Chargebee; the offer proxy does.
 */
import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { validator } from 'hono/validator';
import * as v from 'valibot';
import type { FulfillmentRecord } from '../../../proxy/contract.js';
import { createProxyCalls, type ProxyCallsOptions } from './proxy-calls.js';
import { createSession, type SignedIn } from './session.js';
import { type User, UserId } from './users.js';

export interface AppBackendOptions extends ProxyCallsOptions {
  /** Signs the session cookie. */
  sessionSecret: string;
  log?: (error: unknown) => void;
}

/** `GET /api/account` */
export interface Account {
  user: Pick<User, 'id' | 'firstName' | 'email' | 'workspace'>;
  plan: string;
  /** `null`: unlimited. */
  storage: { quotaGb: number | null };
}

/** `GET /api/upgrade` */
export interface UpgradeState {
  /** An offer that this user or a colleague accepted is still unpaid. */
  isOpen: boolean;
  isPaid: boolean;
}

/** What every plan includes. It also applies while the purchased quota is unknown. */
const PLAN_QUOTA_GB = 100;

const NOTHING_TO_PAY = 'No upgrade is waiting to be paid. Accept the offer first.';

export function createAppBackend({ sessionSecret, log = console.error, ...proxy }: AppBackendOptions): Hono<SignedIn> {
  const proxyCalls = createProxyCalls(proxy);
  const session = createSession(sessionSecret);
  const subscriptionsWithAnalytics = new Set<string>();

  /** The app works without the proxy: then it assumes the plan's quota. */
  async function quotaGb(user: User): Promise<number | null> {
    try {
      const { value } = await proxyCalls.entitlement(user, 'storage-gb');
      return value === 'unlimited' ? null : Number(value) || PLAN_QUOTA_GB;
    } catch (error) {
      log(error);
      return PLAN_QUOTA_GB;
    }
  }

  /** The accepted offer that this app must fulfill. Chargebee fulfills the other processing types by itself. */
  async function findUpgrade({ subscriptionId }: User): Promise<FulfillmentRecord | undefined> {
    const open = await proxyCalls.openFulfillments(subscriptionId);
    return open.find(({ processingType }) => processingType === 'url_redirect');
  }

  const api = new Hono<SignedIn>();

  // A page of another site can send a form without a CORS preflight, so forms are refused. JSON needs a preflight,
  // which this API does not answer.
  api.use(csrf());

  api.post(
    '/session',
    validator('json', (body) => {
      const { success, output } = v.safeParse(v.object({ user: UserId }), body);
      if (!success) throw new HTTPException(400, { message: 'Send {"user": "ada"}, "ben" or "cleo".' });
      return output;
    }),
    async (c) => {
      await session.open(c, c.req.valid('json').user);
      return c.body(null, 204);
    },
  );

  api.use(session.required, async function neverStored(c, next) {
    await next();
    c.header('Cache-Control', 'no-store');
  });

  api.get('/token', async (c) => c.json({ token: await proxyCalls.token(c.var.user) }));

  api.get('/account', async (c) => {
    const { id, firstName, email, workspace, subscriptionId } = c.var.user;
    return c.json({
      user: { id, firstName, email, workspace },
      plan: subscriptionsWithAnalytics.has(subscriptionId) ? 'Team plan with Analytics' : 'Team plan',
      storage: { quotaGb: await quotaGb(c.var.user) },
    } satisfies Account);
  });

  api.get('/upgrade', async (c) =>
    c.json({
      isOpen: (await findUpgrade(c.var.user)) !== undefined,
      isPaid: subscriptionsWithAnalytics.has(c.var.user.subscriptionId),
    } satisfies UpgradeState),
  );

  // The order matters: Chargebee is told "completed" only when the customer really has the upgrade.
  api.post('/upgrade', async (c) => {
    const upgrade = await findUpgrade(c.var.user);
    // The same payment again, because the first answer was lost. Nothing is charged twice.
    if (!upgrade && subscriptionsWithAnalytics.has(c.var.user.subscriptionId)) return c.body(null, 204);
    if (!upgrade) throw new HTTPException(409, { message: NOTHING_TO_PAY });
    subscriptionsWithAnalytics.add(upgrade.subscriptionId);
    await proxyCalls.complete(upgrade.id);
    return c.body(null, 204);
  });

  api.post('/upgrade/decline', async (c) => {
    const upgrade = await findUpgrade(c.var.user);
    if (!upgrade) throw new HTTPException(409, { message: NOTHING_TO_PAY });
    await proxyCalls.fail(upgrade.id, 'The card was declined.');
    return c.body(null, 204);
  });

  api.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ message: error.message }, error.status);
    log(error);
    return c.json({ message: 'Something went wrong on our side. Try again in a minute.' }, 502);
  });

  const app = new Hono<SignedIn>();
  app.route('/api', api);
  app.get('*', session.welcome);
  return app;
}

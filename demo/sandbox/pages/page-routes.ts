/**
 * The pages and their forms. A valid form redirects back to its page; an invalid one shows the page with the error.
 * CSRF protection lets only these pages send them.
 */
import { Hono, type Context } from 'hono';
import { csrf } from 'hono/csrf';
import * as v from 'valibot';
import { ApiError } from '../api-error.js';
import { ClockMove } from '../clock.js';
import { AlertChange, Announcement } from '../control-routes.js';
import { Fault } from '../fault.js';
import { checked } from '../parameters.js';
import { RateLimit } from '../rate-limit.js';
import type { Site } from '../site.js';
import { SettingsForm } from '../settings.js';
import { WebhookSettings } from '../webhooks.js';
import { DURATIONS, faultsPage } from './faults-page.js';
import { landingRoutes } from './landing-routes.js';
import { PATHS, type Html } from './page.js';
import { playRoutes } from './play-routes.js';
import { recordsPage } from './records-page.js';
import { webhooksPage } from './webhooks-page.js';

type Draw = (site: Site, mistakes?: readonly string[]) => Html;

const NUMBER_FIELDS: readonly string[] = [
  'advanceMs',
  'times',
  'delayMs',
  'retryAfter',
  'callsPerMinute',
  'fulfillmentDelayMs',
  'offerLifetimeMs',
  'cooldownMs',
];

export function pageRoutes(site: Site): Hono {
  const { clock, faults, rateLimit, settings, webhooks, subscriptions } = site;
  const routes = new Hono();
  routes.use('/pages/*', csrf());

  const applyForm = async (c: Context, back: string, draw: Draw, work: () => Promise<void>) => {
    try {
      await work();
      return c.redirect(back, 303);
    } catch (error) {
      if (error instanceof ApiError) return c.html(draw(site, [error.message]), 400);
      throw error;
    }
  };

  routes.get('/', (c) => {
    const { origin } = new URL(c.req.url);
    return c.html(recordsPage({ site, customerId: c.req.query('customer_id'), origin }));
  });
  routes.post('/pages/clock', async (c) => {
    clock.advance(checked(await sent(c), ClockMove).advanceMs);
    return c.redirect(PATHS.records, 303);
  });

  routes.get('/pages/faults', (c) => c.html(faultsPage(site)));
  routes.post('/pages/faults', (c) =>
    applyForm(c, PATHS.faults, faultsPage, async () => {
      const { after, ...fault } = await sent(c);
      faults.add(checked({ ...fault, after: after === 'on' }, Fault));
    }),
  );
  routes.post('/pages/faults/repair', (c) => applyForm(c, PATHS.faults, faultsPage, async () => faults.clear()));
  routes.post('/pages/faults/rate-limit', (c) =>
    applyForm(c, PATHS.faults, faultsPage, async () => {
      const { intent, callsPerMinute, saysRetryAfter } = await sent(c);
      if (intent === 'lift') rateLimit.lift();
      else rateLimit.set(checked({ callsPerMinute, retryAfter: saysRetryAfter === 'on' }, RateLimit));
    }),
  );
  routes.post('/pages/faults/settings', (c) =>
    applyForm(c, PATHS.faults, faultsPage, async () =>
      settings.change(checked(inMilliseconds(await sent(c)), SettingsForm)),
    ),
  );

  routes.get('/pages/webhooks', (c) => c.html(webhooksPage(site)));
  routes.post('/pages/webhooks', (c) =>
    applyForm(c, PATHS.webhooks, webhooksPage, async () => {
      const { url = null, username = '', password, duplicated, reordered } = await sent(c);
      const flags = { duplicated: duplicated === 'on', reordered: reordered === 'on' };
      webhooks.configure(checked({ url, username, password, ...flags }, WebhookSettings));
    }),
  );
  routes.post('/pages/webhooks/events', (c) =>
    applyForm(c, PATHS.webhooks, webhooksPage, async () => {
      const { event_type, subscription_id } = checked(await sent(c), Announcement);
      webhooks.announce(event_type, subscriptions.subjectOf(subscription_id));
    }),
  );
  routes.post('/pages/webhooks/alerts', (c) =>
    applyForm(c, PATHS.webhooks, webhooksPage, async () => {
      const { subscription_id, ...alert } = checked(await sent(c), AlertChange);
      webhooks.changeAlert(subscriptions.subjectOf(subscription_id), alert);
    }),
  );
  routes.post('/pages/webhooks/events/:id/repeat', (c) =>
    applyForm(c, PATHS.webhooks, webhooksPage, async () => webhooks.repeat(c.req.param('id'))),
  );

  routes.route('/pages/plays', playRoutes(site));
  routes.route('/pages/landing', landingRoutes(site));

  routes.post('/pages/reset', async (c) => {
    await site.reset();
    return c.redirect(PATHS.records, 303);
  });
  return routes;
}

function inMilliseconds(form: Record<string, string | number>) {
  const durations = DURATIONS.map(({ name, unitMs }) => [name, Math.round(Number(form[name]) * unitMs)]);
  return { ...form, ...Object.fromEntries(durations) };
}

const TextFields = v.record(v.string(), v.string());

/** The fields that were filled in, with numeric ones as numbers. */
async function sent(c: Context): Promise<Record<string, string | number>> {
  const filled = Object.entries(v.parse(TextFields, await c.req.parseBody())).filter(
    ([, value]) => value.trim() !== '',
  );
  return Object.fromEntries(
    filled.map(([name, value]) => [name, NUMBER_FIELDS.includes(name) ? Number(value) : value.trim()]),
  );
}

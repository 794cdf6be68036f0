/**
 * `/sandbox/*` as JSON: the records, and everything that a test or a script can set. Chargebee has nothing like it.
 * CORS allows pages on this machine, for tests in a browser, and no others.
 */
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import * as v from 'valibot';
import { ALARM_STATUSES, EVENT_TYPES } from './billing-event.js';
import { ClockMove, type Clock } from './clock.js';
import { Fault } from './fault.js';
import { oneOf } from './one-of.js';
import { readBody, readJson } from './parameters.js';
import { RateLimit } from './rate-limit.js';
import { SettingsForm } from './settings.js';
import type { Site } from './site.js';
import { WebhookSettings } from './webhooks.js';

const LOCAL_ORIGIN = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

export const Announcement = v.strictObject({
  event_type: oneOf(EVENT_TYPES),
  subscription_id: v.pipe(v.string(), v.nonEmpty('cannot be blank')),
  /** Replaces the documented content, off-spec on purpose. */
  content: v.optional(v.unknown()),
});

export const AlertChange = v.strictObject({
  subscription_id: v.pipe(v.string(), v.nonEmpty('cannot be blank')),
  alert_id: v.pipe(v.string(), v.nonEmpty('cannot be blank')),
  alarm_status: oneOf(ALARM_STATUSES),
});

export function controlRoutes(site: Site): Hono {
  const { clock, faults, playbook, rateLimit, settings, webhooks, subscriptions } = site;
  const routes = new Hono();
  routes.use(cors({ origin: (origin) => (LOCAL_ORIGIN.test(origin) ? origin : null) }));

  routes.get('/records', (c) => c.json(site.records(c.req.query('customer_id'))));

  routes.post('/reset', async (c) => {
    await site.reset();
    return c.body(null, 204);
  });

  routes.get('/plays', (c) => c.json(playbook.current()));
  routes.put('/plays', async (c) => {
    playbook.replace(await readJson(c.req));
    return c.json(playbook.current());
  });

  routes.get('/clock', (c) => c.json(timeOf(clock)));
  routes.post('/clock', async (c) => {
    clock.advance((await readBody(c.req, ClockMove)).advanceMs);
    return c.json(timeOf(clock));
  });

  routes.get('/settings', (c) => c.json(settings.current()));
  routes.post('/settings', async (c) => {
    settings.change(await readBody(c.req, SettingsForm));
    return c.json(settings.current());
  });

  routes.get('/faults', (c) => c.json(faults.inForce()));
  routes.post('/faults', async (c) => {
    faults.add(await readBody(c.req, Fault));
    return c.body(null, 204);
  });
  routes.delete('/faults', (c) => {
    faults.clear();
    return c.body(null, 204);
  });

  routes.get('/rate-limit', (c) => c.json(rateLimit.current() ?? null));
  routes.post('/rate-limit', async (c) => {
    rateLimit.set(await readBody(c.req, RateLimit));
    return c.body(null, 204);
  });
  routes.delete('/rate-limit', (c) => {
    rateLimit.lift();
    return c.body(null, 204);
  });

  routes.get('/webhooks', (c) => c.json({ ...webhooks.settings(), deliveries: webhooks.deliveries() }));
  routes.post('/webhooks', async (c) => {
    webhooks.configure(await readBody(c.req, WebhookSettings));
    return c.body(null, 204);
  });
  routes.post('/webhooks/events', async (c) => {
    const { event_type, subscription_id, content } = await readBody(c.req, Announcement);
    const subject = subscriptions.subjectOf(subscription_id);
    return c.json({ event: webhooks.announce(event_type, subject, undefined, content) }, 202);
  });
  routes.post('/webhooks/alerts', async (c) => {
    const { subscription_id, ...alert } = await readBody(c.req, AlertChange);
    return c.json({ event: webhooks.changeAlert(subscriptions.subjectOf(subscription_id), alert) }, 202);
  });
  routes.post('/webhooks/events/:id/repeat', (c) => {
    webhooks.repeat(c.req.param('id'));
    return c.body(null, 204);
  });
  return routes;
}

function timeOf(clock: Clock) {
  return { now: clock.now(), aheadMs: clock.aheadMs() };
}

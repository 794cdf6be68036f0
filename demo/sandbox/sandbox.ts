/**
 * The Chargebee stand-in: answers as Chargebee Growth and Billing do, for one site, from memory.
 * It does not imitate invoices, payments, plans, experiments, triggers other than a request for offers, end-of-term
 * changes, idempotency keys, emails, calls to the app's webhook or Growth's own webhooks.
 * Every customer and subscription exists, but those of the scenario `unknown`. Both hosts of a site (with and without
 * `.grow`) are this one address. Where Chargebee documents nothing, the sandbox assumes: 409 `invalid_state_for_request` for a duplicate
 * acceptance and for an update that is not allowed, 400 for accepting an expired offer, offers that live an hour and get
 * a new id at each fetch, a cooldown of a day per play, customer and subscription, a failed fulfillment that frees its
 * offer, `checkout_abandoned` when an unpaid page expires, `fulfillment_expired` (not `external_fulfillment_failed`)
 * after seven days, an empty list of offers for a customer whose subscription it does not have, 400
 * `configuration_incompatible` for customer entitlements on a site without them, and one rate limit for both hosts.
 * Its estimates know the item prices of `item-prices.ts` only. They are of a whole term, without proration, taxes, discounts,
 * credits and what the subscription has already; every customer pays in the currency of the item prices that are asked for.
 * It assumes 404 for an unknown item price, 400 for two currencies, and that a trial has no invoice now.
 * `settings.ts` can change some of it. `spec.ts` has the form of every answer.
 *
 * `scenarios.ts` says how each customer is treated; `faults.ts` says what can be made to go wrong.
 */
import { createSandbox, type Sandbox, type SandboxControls } from './create-sandbox.js';
import { serveSandbox, type ServedSandbox } from './listen.js';
import { PATHS } from './pages/page.js';
import type { SandboxOptions } from './sandbox-options.js';

export { createSandbox, type Sandbox, type SandboxApp, type SandboxControls } from './create-sandbox.js';
export { createSandboxHandler, type SandboxHandlerOptions } from './handler.js';
export type { SandboxOptions } from './sandbox-options.js';

/** A sandbox that is being served. Send calls to the origin `url`; its page is at `/sandbox`. */
export interface StartedSandbox extends SandboxControls, ServedSandbox {}

/**
 * Starts a sandbox on this machine, for end-to-end tests. Point the proxy's `CHARGEBEE_URL`, or the SDK, at its `url`.
 *
 * @param options without a `port`, or with 0, it picks a free one.
 * @throws an Error with one sentence when the port is in use, or when the plays have mistakes.
 */
export async function startSandbox({
  port = 0,
  ...options
}: SandboxOptions & { port?: number } = {}): Promise<StartedSandbox> {
  // Its offers lead to a page of its own, whose address is known only once it listens. Nobody calls it before that.
  let sandbox: Sandbox | undefined;
  const app = { fetch: (request: Request) => sandbox?.app.fetch(request) ?? new Response(null, { status: 503 }) };
  const served = await serveSandbox({ app, tick: async () => sandbox?.tick() }, port);
  try {
    sandbox = createSandbox({ upgradeUrl: served.url + PATHS.landing, ...options });
    return Object.assign(sandbox, served);
  } catch (error) {
    await served.close();
    throw error;
  }
}

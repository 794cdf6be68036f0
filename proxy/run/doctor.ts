/**
 * `upgrade-offer doctor`: checks once everything that the proxy depends on, and says what to do about each fault. It changes
 * nothing at Chargebee, because it asks about a customer and an offer that do not exist.
 */
import type { CallBudget } from '../chargebee/call-budget.js';
import { UpstreamFailure } from '../chargebee/call.js';
import { createChargebee, type WebhookEndpoint } from '../chargebee/chargebee.js';
import type { Config } from '../config.js';
import { CLOCK_SKEW_MAX_MS, DAY_MS, EXPIRES_AFTER_MS } from '../constants.js';
import { createLeases } from '../store/leases.js';
import { storeNotOpened } from '../store/not-opened.js';
import { openStore } from '../store/open.js';
import type { Check } from './check.js';
import { examineFeatures } from './feature-check.js';
import { examineWebhooks } from './webhook-check.js';

interface DoctorOptions {
  readonly fetch?: typeof fetch;
  readonly now?: () => number;
  /** Ids of features that pages name. */
  readonly features?: readonly string[];
}

const NOBODY = 'upgrade-offer-doctor';
const CUSTOMER = { customerId: NOBODY, subscriptionId: NOBODY };

/** What the sandbox of this package calls itself. Chargebee never does. */
const SANDBOX_SERVER = 'upgrade-offer-sandbox';

const SPOKE_TO_SANDBOX: Check = {
  check: 'Address',
  result: 'warning',
  says: 'CHARGEBEE_URL is a sandbox, not Chargebee: what follows says nothing about your site. Remove it to check that.',
};

const WRONG_KEY = 'The site does not accept CHARGEBEE_API_KEY. Copy a full-access key of the site in CHARGEBEE_SITE.';

/** A few calls by hand need no budget, and the checks must also run if the store cannot be opened. */
export const UNLIMITED: Pick<CallBudget, 'spend'> = { spend: (_purpose, _causedBy, call) => call() };

export async function examine(config: Config, options: DoctorOptions = {}): Promise<Check[]> {
  const { now = Date.now, fetch: send = fetch, features = [] } = options;
  let chargebeeTime: number | undefined;
  let isSandbox = false;
  const watched: typeof fetch = async (...call) => {
    const response = await send(...call);
    chargebeeTime = Date.parse(response.headers.get('date') ?? '') || undefined;
    isSandbox ||= response.headers.get('server') === SANDBOX_SERVER;
    return response;
  };
  const { url } = config.chargebee;
  const chargebee = createChargebee(config.chargebee, { fetch: watched, now, url, budget: UNLIMITED });
  const checks = [
    await checkChargebee('Chargebee key and site', () => chargebee.entitlements(NOBODY), WRONG_KEY),
    await checkChargebee(
      'Growth offers',
      () => chargebee.personalizedOffer({ customer: CUSTOMER, custom: {}, page: {}, userAgent: undefined }),
      'Growth is not enabled for this key. It is early access: ask Chargebee to enable it, and use a full-access key.',
    ),
    await checkChargebee(
      'Growth offer events',
      () => chargebee.recordOfferEvent(NOBODY, 'viewed'),
      'Offer events are not enabled. On live sites they are off by default: ask Chargebee support to enable them.',
    ),
    ...(config.entitlementsOf === 'customer'
      ? [
          await checkChargebee(
            'Customer entitlements',
            () => chargebee.customerEntitlements(CUSTOMER),
            'The site has no customer entitlements. Ask Chargebee support to enable them, or remove ENTITLEMENTS_OF.',
          ),
        ]
      : []),
    ...(features.length > 0 ? await checkFeatures(features, () => chargebee.featureIds()) : []),
    await checkStore(config),
    checkClock(chargebeeTime, now()),
    await checkWebhooks(config, () => chargebee.webhookEndpoints()),
    ...checkSettings(config),
  ];
  return isSandbox ? [SPOKE_TO_SANDBOX, ...checks] : checks;
}

/** What the operator copies into the host app, for the current settings. */
export function hostLines({ basePath, allowedOrigins }: Config, proxyOrigin: string): string[] {
  const own = allowedOrigins.length === 0 ? "'self'" : proxyOrigin;
  return [
    `script  <script type="module" src="${allowedOrigins.length === 0 ? '' : proxyOrigin}${basePath}/upgrade-offer.js"></script>`,
    `CSP     script-src ${own}; connect-src ${own}; style-src 'self'; require-trusted-types-for 'script'; trusted-types upgrade-offer`,
    allowedOrigins.length === 0
      ? 'CORS    none: serve the proxy under the origin of the app, or list the app in ALLOWED_ORIGINS'
      : `CORS    pages of ${allowedOrigins.join(', ')} may call ${proxyOrigin}${basePath}`,
  ];
}

/** "There is no such customer" means that the key, the site and the operation are right. */
async function checkChargebee(check: string, call: () => Promise<unknown>, remedy: string): Promise<Check> {
  try {
    await call();
    return { check, result: 'ok', says: 'answered' };
  } catch (error) {
    if (!(error instanceof UpstreamFailure)) throw error;
    switch (error.kind) {
      case 'not_found':
      case 'conflict':
      case 'duplicate':
        return { check, result: 'ok', says: 'answered' };
      case 'busy':
        return { check, result: 'warning', says: 'The call budget of this minute is used up. Try again in a minute.' };
      case 'refused':
        if (error.status === 401) return { check, result: 'wrong', says: WRONG_KEY };
        // A 400 or 422 is about the id that does not exist, unless the site lacks the operation; 401, 403 and 405 are about the
        // key or the site.
        return (error.status === 400 || error.status === 422) && error.code !== 'configuration_incompatible'
          ? { check, result: 'ok', says: 'answered' }
          : { check, result: 'wrong', says: remedy };
      case 'unavailable':
        return {
          check,
          result: 'wrong',
          says: `${error.message} Check CHARGEBEE_SITE, CHARGEBEE_URL and which hosts this machine can reach.`,
        };
    }
  }
}

async function checkFeatures(ids: readonly string[], read: () => Promise<readonly string[]>): Promise<Check[]> {
  let existing: readonly string[] = [];
  const reading = await checkChargebee(
    'Features',
    async () => (existing = await read()),
    'The key may not list features. Use a full-access key.',
  );
  return reading.result === 'ok' ? examineFeatures(ids, existing) : [reading];
}

async function checkWebhooks(config: Config, read: () => Promise<readonly WebhookEndpoint[]>): Promise<Check> {
  const check = 'Billing webhooks';
  if (config.webhooks.billing.length === 0) {
    const says = 'Without BILLING_WEBHOOK_USERNAME and _PASSWORD, an upgrade made elsewhere shows only after minutes.';
    return { check, result: 'warning', says };
  }
  let endpoints: readonly WebhookEndpoint[] = [];
  const mayNotRead = 'The key may not list webhooks, so nobody has checked that they come. Look at them in Chargebee.';
  const reading = await checkChargebee(check, async () => (endpoints = await read()), mayNotRead);
  if (reading.result === 'ok') return examineWebhooks(endpoints, config);
  return reading.says === mayNotRead ? { ...reading, result: 'warning' } : reading;
}

async function checkStore({ databaseUrl, database }: Config): Promise<Check> {
  const check = 'Store';
  try {
    const store = await openStore(databaseUrl, { database });
    await createLeases({ store, now: Date.now }).take('doctor', 0);
    await store.destroy();
    return { check, result: 'ok', says: 'can be written' };
  } catch (error) {
    return { check, result: 'wrong', says: storeNotOpened(error).message };
  }
}

function checkClock(chargebeeTime: number | undefined, now: number): Check {
  const check = 'Clock';
  if (chargebeeTime === undefined) {
    return {
      check,
      result: 'warning',
      says: "Chargebee's clock could not be read, so this machine's was not compared.",
    };
  }
  const skewMs = Math.abs(chargebeeTime - now);
  return skewMs <= CLOCK_SKEW_MAX_MS
    ? { check, result: 'ok', says: 'agrees with Chargebee' }
    : {
        check,
        result: 'wrong',
        says: `Differs from Chargebee's by ${Math.round(skewMs / 1_000)} s: tokens and offers expire at the wrong time. Turn on NTP.`,
      };
}

function checkSettings(config: Config): Check[] {
  const setting = (check: string, isSet: boolean, says: string): Check =>
    isSet ? { check, result: 'ok', says: 'set' } : { check, result: 'warning', says };
  return [
    setting(
      'Growth webhooks',
      config.webhooks.growthSecrets.length > 0,
      'Without GROWTH_WEBHOOK_SECRET, they are refused.',
    ),
    setting(
      'Server key',
      config.serverKeys.length > 0,
      `Without SERVER_KEY, your backend cannot complete fulfillments: Chargebee fails them after ${EXPIRES_AFTER_MS / DAY_MS} days.`,
    ),
  ];
}

/**
 * `upgrade-offer doctor`: asks everything the proxy depends on, once, and says what to do about what is wrong. It
 * changes nothing at Chargebee: it asks about a customer and an offer that do not exist.
 */
import type { CallBudget } from '../chargebee/call-budget.js';
import { createChargebee } from '../chargebee/chargebee.js';
import type { Config } from '../config.js';
import { CLOCK_SKEW_MAX_MS, DAY_MS, EXPIRES_AFTER_MS } from '../constants.js';
import { DriverMissing } from '../store/driver-missing.js';
import { openStore } from '../store/open.js';
import { UpstreamFailure } from '../chargebee/call.js';

export interface Finding {
  readonly check: string;
  readonly result: 'ok' | 'warning' | 'wrong';
  /** What was seen and, unless it is ok, what to do. */
  readonly says: string;
}

export interface DoctorOptions {
  readonly fetch?: typeof fetch;
  readonly now?: () => number;
}

const NOBODY = 'upgrade-offer-doctor';
const CUSTOMER = { customerId: NOBODY, subscriptionId: NOBODY };

const KEY = 'CHARGEBEE_API_KEY was not accepted by this site. Copy a full-access key of the site in CHARGEBEE_SITE.';

/** Four calls by hand are not worth counting, and a store that cannot be opened must not stop them. */
const UNCOUNTED: CallBudget = { take: async () => {}, pause: async () => {}, left: async () => Infinity };

export async function examine(config: Config, options: DoctorOptions = {}): Promise<Finding[]> {
  const { now = Date.now, fetch: ask = fetch } = options;
  let chargebeeTime: number | undefined;
  const watched: typeof fetch = async (...call) => {
    const response = await ask(...call);
    chargebeeTime = Date.parse(response.headers.get('date') ?? '') || undefined;
    return response;
  };
  const { url } = config.chargebee;
  const chargebee = createChargebee(config.chargebee, { fetch: watched, now, url, budget: UNCOUNTED });
  return [
    await askChargebee('Chargebee key and site', () => chargebee.entitlements(NOBODY), KEY),
    await askChargebee(
      'Growth offers',
      () => chargebee.personalizedOffer({ customer: CUSTOMER, custom: {}, page: {} }),
      'Growth is not enabled for this key. It is early access: ask Chargebee to enable it, and use a full-access key.',
    ),
    await askChargebee(
      'Growth offer events',
      () => chargebee.recordOfferEvent(NOBODY, 'viewed'),
      'offer_events is not enabled. On live sites it is off by default: ask Chargebee support for it.',
    ),
    await storeFinding(config),
    clockFinding(chargebeeTime, now()),
    ...settingFindings(config),
  ];
}

/** What an operator copies into the host app, by the settings as they are. */
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

/** "There is no such customer" is the best of answers: the key, the site and the operation are right. */
async function askChargebee(check: string, ask: () => Promise<unknown>, mend: string): Promise<Finding> {
  try {
    await ask();
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
        if (error.status === 401) return { check, result: 'wrong', says: KEY };
        // A complaint about the made-up id is an answer too; only 401, 403 and 405 speak about the key or the site.
        return error.status === 400 || error.status === 422
          ? { check, result: 'ok', says: 'answered' }
          : { check, result: 'wrong', says: mend };
      case 'unavailable':
        return {
          check,
          result: 'wrong',
          says: `${error.message} Check CHARGEBEE_SITE, CHARGEBEE_URL and what this machine may reach.`,
        };
    }
  }
}

async function storeFinding({ databaseUrl }: Config): Promise<Finding> {
  const check = 'Store';
  try {
    const store = await openStore(databaseUrl);
    const lease = { name: 'doctor', until: 0 };
    await store
      .insertInto('leases')
      .values(lease)
      .onConflict((conflict) => conflict.column('name').doUpdateSet(lease))
      .execute();
    await store.destroy();
    return { check, result: 'ok', says: 'can be written' };
  } catch (error) {
    if (error instanceof DriverMissing) return { check, result: 'wrong', says: error.message };
    const reason = error instanceof Error ? error.message : String(error);
    return {
      check,
      result: 'wrong',
      says: `Failed to write the store: ${reason} Check DATABASE_URL and the rights to it.`,
    };
  }
}

function clockFinding(chargebeeTime: number | undefined, now: number): Finding {
  const check = 'Clock';
  if (chargebeeTime === undefined) {
    return { check, result: 'warning', says: "Chargebee's clock could not be read, so ours was not compared." };
  }
  const skewMs = Math.abs(chargebeeTime - now);
  return skewMs <= CLOCK_SKEW_MAX_MS
    ? { check, result: 'ok', says: 'agrees with Chargebee' }
    : {
        check,
        result: 'wrong',
        says: `Is ${Math.round(skewMs / 1_000)} s away from Chargebee's: tokens and offers expire at the wrong time. Turn on NTP.`,
      };
}

function settingFindings(config: Config): Finding[] {
  const setting = (check: string, isSet: boolean, says: string): Finding =>
    isSet ? { check, result: 'ok', says: 'set' } : { check, result: 'warning', says };
  return [
    setting(
      'Billing webhooks',
      config.webhooks.billing !== undefined,
      'Without BILLING_WEBHOOK_USERNAME and _PASSWORD an upgrade made elsewhere shows only after minutes.',
    ),
    setting(
      'Growth webhooks',
      config.webhooks.growthSecret !== undefined,
      'Without GROWTH_WEBHOOK_SECRET they are refused.',
    ),
    setting(
      'Server key',
      config.serverKey !== undefined,
      `Without SERVER_KEY your backend cannot complete fulfillments: Chargebee fails them after ${EXPIRES_AFTER_MS / DAY_MS} days.`,
    ),
  ];
}

/** Whether Chargebee Billing sends the proxy what it reads. Growth's webhooks are set up in Growth, which has no API for them. */
import type { WebhookEndpoint } from '../chargebee/chargebee.js';
import type { Config } from '../config.js';
import type { Check } from './check.js';

/** Each changes what a subscription may use. Of other events the proxy needs none. */
const NEEDED_EVENTS: readonly string[] = [
  'subscription_entitlements_created',
  'subscription_entitlements_updated',
  'subscription_activated',
  'subscription_changed',
  'subscription_cancelled',
  'entitlement_overrides_updated',
  'entitlement_overrides_removed',
  'entitlement_overrides_auto_removed',
  'item_entitlements_updated',
  'item_entitlements_removed',
  'item_price_entitlements_updated',
  'item_price_entitlements_removed',
  'feature_activated',
  'feature_archived',
  'feature_deleted',
  'feature_reactivated',
  'feature_updated',
];

const SETTINGS = 'In Settings > Configure Chargebee > Webhooks,';

/** The proxy does not know its public address, nor what its host cuts off: an endpoint is its own by the end of the path. */
export function examineWebhooks(
  endpoints: readonly WebhookEndpoint[],
  { basePath, entitlementsOf, usageAlerts }: Pick<Config, 'basePath' | 'entitlementsOf' | 'usageAlerts'>,
): Check {
  const check = 'Billing webhooks';
  const path = `${basePath}/webhooks/billing`;
  const own = endpoints.filter(({ url }) => URL.canParse(url) && new URL(url).pathname.endsWith(path));
  const [endpoint] = own.toSorted((one, other) => Number(one.isDisabled) - Number(other.isDisabled));
  if (!endpoint) {
    return {
      check,
      result: 'wrong',
      says: `No webhook of the site leads to the proxy. ${SETTINGS} add https://<this proxy>${path} with the Basic auth of BILLING_WEBHOOK_USERNAME.`,
    };
  }
  const { url, isDisabled, events } = endpoint;
  if (isDisabled) return { check, result: 'wrong', says: `The webhook ${url} is off. ${SETTINGS} turn it on.` };
  const needed = [
    ...NEEDED_EVENTS,
    ...(entitlementsOf === 'customer' ? ['customer_entitlements_updated'] : []),
    ...(usageAlerts.length > 0 ? ['alert_status_changed'] : []),
  ];
  const missing = events ? needed.filter((event) => !events.includes(event)) : [];
  return missing.length === 0
    ? { check, result: 'ok', says: `go to ${url}` }
    : {
        check,
        result: 'wrong',
        says: `The webhook ${url} does not send ${missing.join(', ')}. ${SETTINGS} edit it and select them.`,
      };
}

/** The operations of Chargebee Billing that an offer needs, without HTTP. `growth.ts` has those of Growth. */
import { ApiError } from './api-error.js';
import { type Checkouts, hostedPage } from './checkouts.js';
import type { Feature, FinalLevel } from './entitlement-level.js';
import { estimateContent } from './estimate.js';
import { customerEntitlement, subscriptionEntitlement, type Entitlements } from './entitlements.js';
import type { CustomerListParameters, ListParameters, SubscriptionEstimateParameters } from './parameters.js';
import type { Journal } from './records.js';
import type { SettingsInForce } from './settings.js';
import { subscriptionContent } from './subscription-content.js';
import type { Subscriptions } from './subscriptions.js';
import type { Webhooks } from './webhooks.js';

export interface BillingDependencies {
  readonly now: () => number;
  readonly settings: SettingsInForce;
  readonly subscriptions: Subscriptions;
  readonly entitlements: Entitlements;
  readonly features: () => readonly Feature[];
  readonly checkouts: Checkouts;
  readonly webhooks: Webhooks;
  readonly journal: Journal;
}

export type Billing = ReturnType<typeof createBilling>;

export function createBilling(dependencies: BillingDependencies) {
  const { now, settings, subscriptions, entitlements, features, checkouts, webhooks, journal } = dependencies;
  const pageOf = <Element>(all: readonly Element[], { limit, offset }: ListParameters) => {
    const start = offset === undefined ? 0 : positionOf(offset);
    return {
      start,
      page: all.slice(start, start + limit),
      more: start + limit < all.length ? { next_offset: offsetOf(start + limit) } : {},
    };
  };

  const createdAt = Math.floor(now() / 1000);

  return {
    features(parameters: ListParameters) {
      const { page, more } = pageOf(features(), parameters);
      return { list: page.map((each) => ({ feature: feature(each, createdAt) })), ...more };
    },

    /** The one that its settings name. It sends every event. */
    webhookEndpoints(parameters: ListParameters) {
      const { url } = webhooks.settings();
      const { page, more } = pageOf(url === null ? [] : [url], parameters);
      return { list: page.map((each) => ({ webhook_endpoint: webhookEndpoint(each) })), ...more };
    },

    /** One page of the list, with `next_offset` only when more follow. It is the same whatever the subscription's status. */
    subscriptionEntitlements(subscriptionId: string, parameters: ListParameters) {
      subscriptions.statusOf(subscriptionId);
      const { start, page, more } = pageOf(entitlements.of(subscriptionId), parameters);
      journal.entitlementReads.push({
        at: now(),
        customer_id: subscriptions.customerOf(subscriptionId),
        subscription_id: subscriptionId,
        start,
        returned: page.length,
      });
      return { list: page.map((level) => subscriptionEntitlement(subscriptionId, level)), ...more };
    },

    /**
     * Of the customer's active and non-renewing subscriptions. Consolidated, each feature has one level; how Chargebee
     * merges those of several subscriptions is not documented: here the first one counts.
     *
     * @throws ApiError where the site does not have it. The code of that refusal is assumed.
     */
    customerEntitlements(customerId: string, { consolidate_entitlements, ...parameters }: CustomerListParameters) {
      if (!settings.current().customerEntitlements) {
        throw new ApiError('configuration_incompatible', 'Customer entitlements are not enabled for this site');
      }
      const isConsolidated = consolidate_entitlements === 'true';
      const levels = subscriptions
        .ofCustomer(customerId)
        .filter((id) => ENTITLING.includes(subscriptions.statusOf(id)))
        .flatMap((id) => entitlements.of(id).map((level) => ({ id, level })));
      const listed = isConsolidated
        ? levels.filter(({ level }, index) => levels.findIndex((other) => isSameFeature(other.level, level)) === index)
        : levels;
      const { page, more } = pageOf(listed, parameters);
      return {
        list: page.map(({ id, level }) =>
          customerEntitlement({ customer_id: customerId, ...(!isConsolidated && { subscription_id: id }) }, level),
        ),
        ...more,
      };
    },

    subscription: (id: string) => subscriptionContent(subscriptions.subjectOf(id), subscriptions.statusOf(id), now()),

    /** Of a change of its items. @throws ApiError for an unknown subscription or item price. */
    estimate({ subscription: { id }, ...change }: SubscriptionEstimateParameters) {
      return estimateContent(subscriptions.subjectOf(id), subscriptions.statusOf(id), change, now());
    },

    event: (id: string) => webhooks.retrieve(id),

    hostedPage: (id: string) => ({ hosted_page: hostedPage(checkouts.find(id), settings.current().hostedPageLayout) }),
  };
}

/** One element of the answer to "List features". */
function feature({ feature_id, feature_name, feature_type, feature_unit, levels }: Feature, createdAt: number) {
  return {
    id: feature_id,
    name: feature_name,
    status: 'active',
    ...(feature_type !== undefined && { type: feature_type }),
    ...(feature_unit !== undefined && { unit: feature_unit }),
    ...(levels !== undefined && {
      levels: levels.map((name, level) => ({ name, value: name, level, is_unlimited: false })),
    }),
    created_at: createdAt,
    metered: false,
  };
}

/** One element of the answer to "List webhook endpoints". */
function webhookEndpoint(url: string) {
  return { id: 'we_sandbox', name: 'Webhooks', url, disabled: false, primary_url: true, api_version: 'v2' };
}

/** The statuses that "List customer entitlements" covers. */
const ENTITLING: readonly string[] = ['active', 'non_renewing'];

function isSameFeature(one: FinalLevel, other: FinalLevel): boolean {
  return one.feature.feature_id === other.feature.feature_id;
}

/** Looks like Chargebee's own offsets, which are JSON in a string. Only the sandbox reads it. */
function offsetOf(position: number): string {
  return JSON.stringify([String(position), '231']);
}

function positionOf(offset: string): number {
  const [, position] = /^\["(\d+)","231"\]$/.exec(offset) ?? [];
  if (position === undefined) throw new ApiError('param_wrong_value', 'offset : is not a next_offset', 'offset');
  return Number(position);
}

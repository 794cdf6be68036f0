/**
 * What must survive a restart: the schema of the store, and how it is migrated. The SQL of each table is in one file of its
 * subject, named at the table below; other files ask that one. A commit is on disk before it is answered. One SQLite file
 * serves one instance; several instances share one PostgreSQL.
 */
import { CamelCasePlugin, Kysely, Migrator, type Dialect, type Generated } from 'kysely';
import type { Access, Why } from '../contract.js';
import { RequestError } from '../errors.js';
import { migrations, newerMigrations, type StoreKind } from './migrations.js';

/** Times are Unix milliseconds. JSON columns hold what `contract.ts` or the file that owns the table defines. */
export interface Schema {
  /** `offers/issued-offers.ts` */
  issuedOffers: {
    /** Chargebee's personalized_offer_id. */
    id: string;
    /** Chargebee's offer_id: the offer as configured, the same for every customer who gets it. */
    baseOfferId: string;
    customerId: string;
    subscriptionId: string;
    userId: string;
    /** Digest of the question that last had it as its answer. A version before `offer_answers` answers from it. */
    question: string;
    /** `Offer` of the contract. */
    offer: string;
    /** Redirect URL by option id. The browser does not get them before the customer accepts. */
    redirectUrls: string;
    expiresAt: number;
    /** Set when the customer dismissed it, or anybody on the subscription accepted it: it is not served again. */
    endedAt: number | null;
    dismissedAt: number | null;
  };
  /** `offers/issued-offers.ts`: questions that an issued offer is the answer to. */
  offerAnswers: {
    /** Digest of the question. */
    question: string;
    offerId: string;
    /** When the offer expires. */
    until: number;
  };
  /** `offers/traces.ts`: one row of each kind for a subscription. */
  traces: {
    subscriptionId: string;
    /** `told`: the last answer to a page that asked. `seen`: the last offer that was viewed. */
    kind: 'told' | 'seen';
    customerId: string;
    userId: string;
    /** Which was asked about. */
    feature: string | null;
    access: Access | null;
    /** Why there was no offer. */
    why: Why | null;
    campaignId: string | null;
    offerId: string | null;
    at: number;
  };
  /** `offers/views.ts`: the views of offers that nobody had asked for, as far as a rule of `OFFER_CAPS` may need them. */
  offerViews: {
    offerId: string;
    /** Which view of the offer it was: the same one is reported again when the answer was lost. */
    display: string;
    /** The offer as configured. */
    campaignId: string;
    customerId: string;
    subscriptionId: string;
    /** Empty where the token names no user. */
    userId: string;
    viewedAt: number;
  };
  /** `offers/issued-offers.ts`: questions and acceptances that Chargebee refused or did not answer a moment ago. */
  unanswered: {
    question: string;
    until: number;
  };
  /** `offers/issued-offers.ts`: questions that Chargebee had no offer for a moment ago. */
  unoffered: {
    question: string;
    subscriptionId: string;
    until: number;
  };
  /** `fulfillments/records.ts` */
  fulfillments: {
    /** The primary key: there is one fulfillment per personalized offer, so a second acceptance finds the first. */
    offerId: string;
    baseOfferId: string;
    optionId: string;
    customerId: string;
    subscriptionId: string;
    userId: string;
    /** `asking`: the call to Chargebee has no stored answer yet. `unnamed`: accepted, but its id never reached the proxy. */
    status: 'asking' | 'unnamed' | 'in_progress' | 'completed' | 'failed';
    /** Chargebee's id. */
    id: Generated<string | null>;
    processingType: Generated<string | null>;
    redirectUrl: Generated<string | null>;
    hostedPage: Generated<string | null>;
    failureCode: Generated<string | null>;
    createdAt: number;
    /** When Chargebee was last asked about it. While `asking`, it also says which request holds the row; 0: none. */
    checkedAt: number;
    /** How many calls to accept it ended without an answer that settles it: Chargebee may have carried out any of them. */
    lostAnswers: Generated<number>;
    /** When the last of them ended. */
    lostAt: Generated<number | null>;
    endedAt: Generated<number | null>;
  };
  /** `events/outbox.ts` */
  outbox: {
    id: Generated<number>;
    /** Entries of one queue are sent in order: the events of an offer, the report on a fulfillment. */
    queue: string;
    kind: 'viewed' | 'dismissed' | 'completed' | 'failed';
    reason: string | null;
    createdAt: number;
    attempts: Generated<number>;
    nextAttemptAt: number;
    leasedUntil: Generated<number>;
    /** Set when it was given up; `lastError` says why. */
    diedAt: Generated<number | null>;
    lastError: Generated<string | null>;
  };
  /** `entitlements/lists.ts` */
  entitlements: {
    subscriptionId: string;
    customerId: string;
    list: string;
    /** 0 before Chargebee has answered for the first time. */
    readAt: number;
    /** When a webhook or a purchase last said that the list may have changed; it keeps the row from being removed. */
    forgottenAt: number;
    /** The newest `resource_version` of any webhook; they arrive in any order. */
    version: number;
    /** The subscription's status, in Chargebee's word. */
    status: Generated<string | null>;
    /** How often something said that the list may have changed. */
    changes: Generated<number>;
    /** The count of changes when the list was asked for: a list that lags behind is old. */
    changesRead: Generated<number>;
    /** Chargebee did not answer and is asked again from then on. */
    askAgainAt: Generated<number>;
  };
  /** `entitlements/usage-alerts.ts` */
  usageAlerts: {
    subscriptionId: string;
    alertId: string;
    status: 'in_alarm' | 'within_limit';
    /** When Chargebee says that it happened. */
    changedAt: number;
  };
  /** `entitlements/billing-webhook.ts`: webhooks that were handled, because they come more than once. */
  webhookEvents: {
    id: string;
    receivedAt: number;
  };
  /** `events/growth-webhook.ts`: webhooks of Growth as they came. */
  growthNotices: {
    id: Generated<number>;
    receivedAt: number;
    body: string;
  };
  /** `widget/kept-files.ts` */
  widgetFiles: {
    /** With a hash of the content. */
    name: string;
    body: string;
    /** When a proxy of its version last said that it runs. */
    currentAt: number;
  };
  /** `store/leases.ts` */
  leases: {
    name: string;
    until: number;
  };
  /** `chargebee/call-budget.ts`: one row, shared by all instances. */
  callBudget: {
    id: 1;
    /** Unix time in minutes. */
    minute: number;
    calls: number;
    /** Chargebee answered 429: no calls until then. 0 once a call after the pause was answered. */
    pausedUntil: number;
  };
  /** `chargebee/caused-calls.ts` */
  causedCalls: {
    /** JSON: the customer's id or, for one of its users, both ids. */
    who: string;
    /** Unix time in minutes. */
    minute: number;
    calls: number;
  };
}

export type Store = Kysely<Schema>;

/** The store as it is, without a look at its schema. */
export function storeOn(dialect: Dialect): Store {
  return new Kysely<Schema>({ dialect, plugins: [new CamelCasePlugin()] });
}

/** Migrates the schema; several instances may do so at once. @throws what the driver threw. */
export async function createStore(dialect: Dialect, kind: StoreKind): Promise<Store> {
  const store = storeOn(dialect);
  const provider = { getMigrations: async () => ({ ...(await newerMigrations(store)), ...migrations(kind) }) };
  // Two branches may each have brought a migration, and be deployed in any order.
  const migrator = new Migrator({ db: store, provider, allowUnorderedMigrations: true });
  try {
    await migrate(migrator);
    return store;
  } catch (error) {
    // Why it could not be migrated is what the caller needs to know.
    await store.destroy().catch(() => {});
    throw error;
  }
}

/**
 * D1 has neither a lock nor a transaction for it, so of two isolates that take the same step at once, one fails to note it
 * down. That one goes on where the other is, as long as there is progress.
 */
async function migrate(migrator: Migrator, doneBefore = -1): Promise<void> {
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof RequestError) throw error;
  const done = (await migrator.getMigrations()).filter(({ executedAt }) => executedAt !== undefined).length;
  if (done <= doneBefore) throw error;
  await migrate(migrator, done);
}

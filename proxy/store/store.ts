/**
 * What must survive a restart: its schema, and how it is brought up to date. The queries stand with the rules they serve, in
 * `issued-offers.ts`, `acceptance.ts`, `fulfillments.ts`, `outbox.ts` and `entitlements.ts`; what is removed again, in
 * `retention.ts`. A commit is on the disk before it is answered. One SQLite file serves one instance; several instances
 * share one PostgreSQL.
 */
import { CamelCasePlugin, Kysely, Migrator, type Dialect, type Generated } from 'kysely';
import { migrations, type StoreKind } from './migrations.js';

/** Times are Unix milliseconds; JSON columns hold what `contract.ts` or the module that owns the table defines. */
export interface Schema {
  issuedOffers: {
    /** Chargebee's personalized_offer_id. */
    id: string;
    /** Chargebee's offer_id: the offer as configured, the same for every customer who gets it. */
    baseOfferId: string;
    customerId: string;
    subscriptionId: string;
    userId: string;
    /** Digest of what was asked; the same question is answered from here until the offer ends. */
    question: string;
    /** `Offer` of the contract. */
    offer: string;
    /** Redirect URL by option id: stays here until the customer accepts. */
    redirectUrls: string;
    expiresAt: number;
    /** Set when it was dismissed, or accepted by anybody of the subscription: it is not served again. */
    endedAt: number | null;
    dismissedAt: number | null;
  };
  /** Questions that Chargebee had no offer for, a moment ago. */
  unoffered: {
    question: string;
    subscriptionId: string;
    until: number;
  };
  fulfillments: {
    /** One fulfillment for one personalized offer: the rule that makes a second acceptance find the first. */
    offerId: string;
    baseOfferId: string;
    optionId: string;
    customerId: string;
    subscriptionId: string;
    userId: string;
    /** `asking`: Chargebee has been asked and the answer is not stored. `unnamed`: accepted, under an id we never learnt. */
    status: 'asking' | 'unnamed' | 'in_progress' | 'completed' | 'failed';
    /** Chargebee's id. */
    id: Generated<string | null>;
    processingType: Generated<string | null>;
    redirectUrl: Generated<string | null>;
    hostedPage: Generated<string | null>;
    failureCode: Generated<string | null>;
    createdAt: number;
    /** When Chargebee was last asked about it. */
    checkedAt: number;
    endedAt: Generated<number | null>;
  };
  outbox: {
    id: Generated<number>;
    /** Entries of one queue go out in order: an offer's events, a fulfillment's report. */
    queue: string;
    kind: 'viewed' | 'dismissed' | 'completed' | 'failed';
    reason: string | null;
    createdAt: number;
    attempts: Generated<number>;
    nextAttemptAt: number;
    leasedUntil: Generated<number>;
    /** Set when it is given up; `lastError` says why. */
    diedAt: Generated<number | null>;
    lastError: Generated<string | null>;
  };
  entitlements: {
    subscriptionId: string;
    customerId: string;
    list: string;
    readAt: number;
    /** A list that was asked for before this moment is not stored: it may miss what was just bought. */
    forgottenAt: number;
    /** The newest `resource_version` that a webhook brought: webhooks come in any order. */
    version: number;
  };
  /** Billing webhooks that were obeyed: they come more than once. */
  webhookEvents: {
    id: string;
    receivedAt: number;
  };
  /** What Growth told us, as it came. */
  growthNotices: {
    id: Generated<number>;
    receivedAt: number;
    body: string;
  };
  /** Who does what only one instance may do at a time. */
  leases: {
    name: string;
    until: number;
  };
  /** One row, shared by all instances. */
  callBudget: {
    id: 1;
    /** Unix time in minutes. */
    minute: number;
    calls: number;
    /** Chargebee answered 429 and wants to be left alone until then. */
    pausedUntil: number;
  };
}

export type Store = Kysely<Schema>;

/**
 * Brings the schema up to date; two instances may do so at once.
 * @throws when the store cannot be written.
 */
export async function prepareStore(dialect: Dialect, kind: StoreKind): Promise<Store> {
  const store = new Kysely<Schema>({ dialect, plugins: [new CamelCasePlugin()] });
  const provider = { getMigrations: async () => migrations(kind) };
  const { error } = await new Migrator({ db: store, provider }).migrateToLatest();
  if (!error) return store;
  await store.destroy();
  throw new Error('Failed to prepare the store: its schema could not be brought up to date.', { cause: error });
}

/**
 * What must survive a restart: its schema and how it is opened. The queries stand with the rules they serve, in
 * `offers.ts`, `fulfillments.ts`, `outbox.ts` and `entitlements.ts`. A commit is on the disk before it is answered.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CamelCasePlugin, Kysely, Migrator, SqliteDialect, type Generated, type Migration } from 'kysely';
import Database from 'libsql';

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
    /** Set when the customer dismissed or accepted it. */
    endedAt: number | null;
  };
  fulfillments: {
    /** One fulfillment for one personalized offer: the rule that makes a second acceptance find the first. */
    offerId: string;
    baseOfferId: string;
    optionId: string;
    customerId: string;
    subscriptionId: string;
    userId: string;
    /** `asking`: Chargebee has been asked and the answer is not stored. `unnamed`: it was accepted, under an id we never learnt. */
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
    list: string;
    readAt: number;
    /** A list that was asked for before this moment is not stored: it may miss what was just bought. */
    forgottenAt: number;
  };
}

export type Store = Kysely<Schema>;

/** @param url `file:<path>`; the folder is made when it is missing. @throws when the file cannot be opened or written. */
export async function openStore(url: string): Promise<Store> {
  const path = url.slice('file:'.length);
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('busy_timeout = 5000');
  const store = new Kysely<Schema>({ dialect: new SqliteDialect({ database }), plugins: [new CamelCasePlugin()] });
  const { error } = await new Migrator({
    db: store,
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest();
  if (error)
    throw new Error(`Failed to prepare the store at ${url}: its schema could not be brought up to date.`, {
      cause: error,
    });
  return store;
}

const migrations: Record<string, Migration> = {
  '2026-11-21-first': {
    async up(db) {
      await db.schema
        .createTable('issuedOffers')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('baseOfferId', 'text', (column) => column.notNull())
        .addColumn('customerId', 'text', (column) => column.notNull())
        .addColumn('subscriptionId', 'text', (column) => column.notNull())
        .addColumn('userId', 'text', (column) => column.notNull())
        .addColumn('question', 'text', (column) => column.notNull())
        .addColumn('offer', 'text', (column) => column.notNull())
        .addColumn('redirectUrls', 'text', (column) => column.notNull())
        .addColumn('expiresAt', 'bigint', (column) => column.notNull())
        .addColumn('endedAt', 'bigint')
        .execute();
      await db.schema
        .createIndex('issuedOffersByQuestion')
        .on('issuedOffers')
        .columns(['question', 'expiresAt'])
        .execute();
      await db.schema
        .createTable('fulfillments')
        .addColumn('offerId', 'text', (column) => column.primaryKey())
        .addColumn('baseOfferId', 'text', (column) => column.notNull())
        .addColumn('optionId', 'text', (column) => column.notNull())
        .addColumn('customerId', 'text', (column) => column.notNull())
        .addColumn('subscriptionId', 'text', (column) => column.notNull())
        .addColumn('userId', 'text', (column) => column.notNull())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.unique())
        .addColumn('processingType', 'text')
        .addColumn('redirectUrl', 'text')
        .addColumn('hostedPage', 'text')
        .addColumn('failureCode', 'text')
        .addColumn('createdAt', 'bigint', (column) => column.notNull())
        .addColumn('checkedAt', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('fulfillmentsBySubscription')
        .on('fulfillments')
        .columns(['subscriptionId', 'baseOfferId', 'status'])
        .execute();
      await db.schema
        .createTable('outbox')
        .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('queue', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('reason', 'text')
        .addColumn('createdAt', 'bigint', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('nextAttemptAt', 'bigint', (column) => column.notNull())
        .addColumn('leasedUntil', 'bigint', (column) => column.notNull().defaultTo(0))
        .addColumn('diedAt', 'bigint')
        .addColumn('lastError', 'text')
        .execute();
      await db.schema.createIndex('outboxByQueue').on('outbox').columns(['queue', 'id']).execute();
      await db.schema
        .createTable('entitlements')
        .addColumn('subscriptionId', 'text', (column) => column.primaryKey())
        .addColumn('list', 'text', (column) => column.notNull())
        .addColumn('readAt', 'bigint', (column) => column.notNull())
        .addColumn('forgottenAt', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
};

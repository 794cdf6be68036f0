/**
 * The schema of the store in steps. Never change a step that has run anywhere; add a new one below. A step only adds what
 * the version before can do without, because that version may be started again on the same store.
 */
import { sql, type CreateTableBuilder, type Kysely, type Migration, type QueryExecutorProvider } from 'kysely';

/** The SQL dialect; Cloudflare's D1 is SQLite. */
export type StoreKind = 'sqlite' | 'postgres';

export function migrations(kind: StoreKind): Record<string, Migration> {
  return {
    '2026-11-21-first': { up: (db) => first(db, kind) },
    '2026-11-21-second': { up: second },
    '2026-11-28-entitlements': { up: (db) => lastKnownEntitlements(db, kind) },
    '2026-11-28-fairness': { up: fairness },
    '2026-11-28-lost-answers': { up: (db) => lostAnswers(db, kind) },
    '2026-11-28-old-rows': { up: oldRows },
    '2026-11-28-offer-answers': { up: offerAnswers },
    '2026-11-28-widget-files': { up: widgetFiles },
    '2026-11-29-traces': { up: traces },
    '2026-11-29-usage-alerts': { up: usageAlerts },
    '2026-11-29-offer-views': { up: offerViews },
  };
}

/** What a newer version did before somebody went back to this one: done, and unknown here. Kysely would refuse to start. */
export async function newerMigrations(db: QueryExecutorProvider): Promise<Record<string, Migration>> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return Object.fromEntries(rows.map(({ name }) => [name, { up: async () => {} }]));
}

/** `ifNotExists`, because two instances may start at once on one SQLite file, and Kysely has no migration lock there. */
async function first(db: Kysely<unknown>, kind: StoreKind): Promise<void> {
  await db.schema
    .createTable('issuedOffers')
    .ifNotExists()
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
    .addColumn('dismissedAt', 'bigint')
    .execute();
  await db.schema
    .createTable('fulfillments')
    .ifNotExists()
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
    .addColumn('endedAt', 'bigint')
    .execute();
  await numbered(db.schema.createTable('outbox').ifNotExists(), kind)
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
  await db.schema
    .createTable('unoffered')
    .ifNotExists()
    .addColumn('question', 'text', (column) => column.primaryKey())
    .addColumn('subscriptionId', 'text', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('leases')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('callBudget')
    .ifNotExists()
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('minute', 'bigint', (column) => column.notNull())
    .addColumn('calls', 'bigint', (column) => column.notNull())
    .addColumn('pausedUntil', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('entitlements')
    .ifNotExists()
    .addColumn('subscriptionId', 'text', (column) => column.primaryKey())
    .addColumn('customerId', 'text', (column) => column.notNull())
    .addColumn('list', 'text', (column) => column.notNull())
    .addColumn('readAt', 'bigint', (column) => column.notNull())
    .addColumn('forgottenAt', 'bigint', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('webhookEvents')
    .ifNotExists()
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('receivedAt', 'bigint', (column) => column.notNull())
    .execute();
  await numbered(db.schema.createTable('growthNotices').ifNotExists(), kind)
    .addColumn('receivedAt', 'bigint', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  const index = (name: string) => db.schema.createIndex(name).ifNotExists();
  await index('issuedOffersByQuestion').on('issuedOffers').columns(['question', 'expiresAt']).execute();
  await index('issuedOffersBySubscription').on('issuedOffers').columns(['subscriptionId', 'baseOfferId']).execute();
  await index('unofferedBySubscription').on('unoffered').column('subscriptionId').execute();
  await index('fulfillmentsBySubscription').on('fulfillments').columns(['subscriptionId', 'baseOfferId']).execute();
  await index('fulfillmentsByStatus').on('fulfillments').columns(['status', 'id']).execute();
  await index('outboxByQueue').on('outbox').columns(['queue', 'id']).execute();
  // Only one of the app's two reports on a fulfillment can be waiting, across all instances.
  await index('outboxOneReport')
    .unique()
    .on('outbox')
    .column('queue')
    .where(sql.ref('kind'), 'in', ['completed', 'failed'])
    .where(sql.ref('died_at'), 'is', null)
    .execute();
}

/** Every new offer is compared with the dismissed ones, and few of the many issued offers are dismissed. */
async function second(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('issuedOffersDismissed')
    .ifNotExists()
    .on('issuedOffers')
    .columns(['subscriptionId', 'baseOfferId'])
    .where(sql.ref('dismissed_at'), 'is not', null)
    .execute();
}

/** A change makes a list old instead of erasing it, and the status of the subscription counts. */
async function lastKnownEntitlements(db: Kysely<unknown>, kind: StoreKind): Promise<void> {
  await addColumn(db, kind, { table: 'entitlements', name: 'status', type: 'text' });
  for (const name of ['changes', 'changesRead', 'askAgainAt']) {
    await addColumn(db, kind, { table: 'entitlements', name, type: 'bigint', defaultTo: 0 });
  }
}

/** Calls are counted by who causes them, failed questions are remembered, and dead letters are in nobody's way. */
async function fairness(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('causedCalls')
    .ifNotExists()
    .addColumn('who', 'text', (column) => column.primaryKey())
    .addColumn('minute', 'bigint', (column) => column.notNull())
    .addColumn('calls', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('unanswered')
    .ifNotExists()
    .addColumn('question', 'text', (column) => column.primaryKey())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
  const index = (name: string) => db.schema.createIndex(name).ifNotExists().on('outbox');
  const isWaiting = ['is', null] as const;
  await index('outboxWaiting')
    .column('nextAttemptAt')
    .where(sql.ref('died_at'), ...isWaiting)
    .execute();
  await index('outboxDueByKind')
    .columns(['kind', 'nextAttemptAt'])
    .where(sql.ref('died_at'), ...isWaiting)
    .execute();
  await index('outboxWaitingByQueue')
    .columns(['queue', 'id'])
    .where(sql.ref('died_at'), ...isWaiting)
    .execute();
  await index('outboxDead').column('diedAt').where(sql.ref('died_at'), 'is not', null).execute();
}

/** An acceptance without an answer is remembered until somebody knows what came of it. */
async function lostAnswers(db: Kysely<unknown>, kind: StoreKind): Promise<void> {
  await addColumn(db, kind, { table: 'fulfillments', name: 'lostAnswers', type: 'integer', defaultTo: 0 });
  await addColumn(db, kind, { table: 'fulfillments', name: 'lostAt', type: 'bigint' });
}

/** Rows that nothing needs any more are looked for by their time, and entitlements by the customer that a webhook names. */
async function oldRows(db: Kysely<unknown>): Promise<void> {
  const index = (name: string) => db.schema.createIndex(name).ifNotExists();
  await index('webhookEventsByAge').on('webhookEvents').column('receivedAt').execute();
  await index('growthNoticesByAge').on('growthNotices').column('receivedAt').execute();
  await index('issuedOffersByEnd').on('issuedOffers').column('expiresAt').execute();
  await index('unofferedByEnd').on('unoffered').column('until').execute();
  await index('entitlementsByCustomer').on('entitlements').column('customerId').execute();
  await index('entitlementsByAge').on('entitlements').column('readAt').execute();
}

/** Several questions may have the same offer as their answer. */
async function offerAnswers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('offerAnswers')
    .ifNotExists()
    .addColumn('question', 'text', (column) => column.primaryKey())
    .addColumn('offerId', 'text', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('offerAnswersByEnd').ifNotExists().on('offerAnswers').column('until').execute();
}

/** The widget's chunks, for pages that another version has served. */
async function widgetFiles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('widgetFiles')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('currentAt', 'bigint', (column) => column.notNull())
    .execute();
}

/** What each subscription was told and has seen last, for support. */
async function traces(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('traces')
    .ifNotExists()
    .addColumn('subscriptionId', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('customerId', 'text', (column) => column.notNull())
    .addColumn('userId', 'text', (column) => column.notNull())
    .addColumn('feature', 'text')
    .addColumn('access', 'text')
    .addColumn('why', 'text')
    .addColumn('campaignId', 'text')
    .addColumn('offerId', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('tracesOneOfAKind', ['subscriptionId', 'kind'])
    .execute();
  const index = (name: string) => db.schema.createIndex(name).ifNotExists().on('traces');
  await index('tracesByCustomer').column('customerId').execute();
  await index('tracesByAge').column('at').execute();
}

/** Which usage alerts of a subscription are in alarm. */
async function usageAlerts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('usageAlerts')
    .ifNotExists()
    .addColumn('subscriptionId', 'text', (column) => column.notNull())
    .addColumn('alertId', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('changedAt', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('usageAlertsOnce', ['subscriptionId', 'alertId'])
    .execute();
  await db.schema.createIndex('usageAlertsByAge').ifNotExists().on('usageAlerts').column('changedAt').execute();
}

/** Who has seen which offer without asking for it. */
async function offerViews(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('offerViews')
    .ifNotExists()
    .addColumn('offerId', 'text', (column) => column.notNull())
    .addColumn('display', 'text', (column) => column.notNull())
    .addColumn('campaignId', 'text', (column) => column.notNull())
    .addColumn('customerId', 'text', (column) => column.notNull())
    .addColumn('subscriptionId', 'text', (column) => column.notNull())
    .addColumn('userId', 'text', (column) => column.notNull())
    .addColumn('viewedAt', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('offerViewsOnce', ['offerId', 'display'])
    .execute();
  const index = (name: string) => db.schema.createIndex(name).ifNotExists().on('offerViews');
  // Every question reads it, and nothing else of the table.
  await index('offerViewsByPerson')
    .columns(['customerId', 'subscriptionId', 'userId', 'viewedAt', 'campaignId'])
    .execute();
  await index('offerViewsByAge').column('viewedAt').execute();
}

interface NewColumn {
  readonly table: string;
  readonly name: string;
  readonly type: 'text' | 'integer' | 'bigint';
  /** Without it, the column may be null. */
  readonly defaultTo?: number;
}

/** D1 has neither transactions nor `if not exists` for a column, so two instances that start at once may both try to add it. */
async function addColumn(
  db: Kysely<unknown>,
  kind: StoreKind,
  { table, name, type, defaultTo }: NewColumn,
): Promise<void> {
  const step = db.schema.alterTable(table).addColumn(name, type, (column) => {
    const added = kind === 'postgres' ? column.ifNotExists() : column;
    return defaultTo === undefined ? added : added.notNull().defaultTo(defaultTo);
  });
  try {
    await step.execute();
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('duplicate column name'))) throw error;
  }
}

/** Adds an `id` that the database counts up. */
function numbered(table: CreateTableBuilder<string, never>, kind: StoreKind) {
  return kind === 'sqlite'
    ? table.addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    : table.addColumn('id', 'bigserial', (column) => column.primaryKey());
}

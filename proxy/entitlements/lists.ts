/**
 * The entitlements of each subscription as Chargebee said them last. A change makes a list old and never erases it: it is
 * the answer while Chargebee is away. What is newer is decided by counting changes, not by clocks, because the clocks of
 * instances differ. The only SQL of the table `entitlements`.
 */
import * as v from 'valibot';
import type { Entitlement } from '../chargebee/chargebee.js';
import { WEBHOOK_MEMORY_MS } from '../constants.js';
import type { Customer } from '../customer.js';
import { preparedQuery, type Placeholders } from '../store/prepared-query.js';
import type { Store } from '../store/store.js';

export type Subscriber = Pick<Customer, 'customerId' | 'subscriptionId'>;

export interface EntitlementList {
  readonly entitlements: readonly Entitlement[];
  /** Of the subscription, in Chargebee's word; undefined if nobody said it. */
  readonly status: string | undefined;
  readonly readAt: number;
  /** Something changed after it was read. */
  readonly isOld: boolean;
}

export interface KnownList {
  /** Undefined if Chargebee never answered. */
  readonly list: EntitlementList | undefined;
  /** Of the subscription, in Chargebee's word; a webhook may bring it before there is a list. */
  readonly status: string | undefined;
  /** Pass it to `keep`, with a list that was asked for after this was read. */
  readonly changes: number;
  /** The newest `resource_version` of the subscription that a webhook brought, 0 if none did. */
  readonly version: number;
  /** Chargebee failed to answer: it is asked again from this moment on. */
  readonly askAgainAt: number;
}

/** What a webhook says about a subscription. */
export interface SubscriptionNews {
  /** Chargebee's `resource_version`. Webhooks arrive in any order; one that is not newer changes nothing. */
  readonly version?: number | undefined;
  readonly status?: string | undefined;
}

const StoredList = v.pipe(
  v.string(),
  v.parseJson(),
  v.array(
    v.object({
      featureId: v.string(),
      featureType: v.optional(v.string()),
      value: v.optional(v.string()),
      isEnabled: v.boolean(),
      expiresAt: v.optional(v.number()),
      effectiveFrom: v.optional(v.number()),
      scheduleStatus: v.optional(v.string()),
    }),
  ),
);

const NOTHING: KnownList = { list: undefined, status: undefined, changes: 0, version: 0, askAgainAt: 0 };

export function createLists({ store, now }: { store: Store; now: () => number }) {
  const select = preparedQuery(store, (value: Placeholders<{ subscriptionId: string }>) =>
    store
      .selectFrom('entitlements')
      .select(['list', 'readAt', 'status', 'version', 'changes', 'changesRead', 'askAgainAt'])
      .where('subscriptionId', '=', value('subscriptionId')),
  );

  async function find(subscriptionId: string): Promise<KnownList> {
    const [row] = await select({ subscriptionId });
    if (!row) return NOTHING;
    const { list, readAt, version, changes, changesRead, askAgainAt } = row;
    const status = row.status ?? undefined;
    const read = { entitlements: v.parse(StoredList, list), status, readAt, isOld: changesRead !== changes };
    return { list: readAt > 0 ? read : undefined, status, changes, version, askAgainAt };
  }

  /** Keeps a list unless something changed while it was read: then it may miss what was just bought. */
  async function keep(
    { customerId, subscriptionId }: Subscriber,
    { entitlements, status, readAt }: Omit<EntitlementList, 'isOld'>,
    { changes }: Pick<KnownList, 'changes'>,
  ): Promise<void> {
    const list = {
      list: JSON.stringify(entitlements),
      customerId,
      readAt,
      status: status ?? null,
      changesRead: changes,
      askAgainAt: 0,
    };
    await store
      .insertInto('entitlements')
      .values({ subscriptionId, forgottenAt: 0, version: 0, changes, ...list })
      .onConflict((conflict) =>
        conflict.column('subscriptionId').doUpdateSet(list).where('entitlements.changes', '=', changes),
      )
      .execute();
  }

  /** Remembers that Chargebee did not answer. @param askAgainAt in Unix milliseconds. */
  async function keepFailure({ customerId, subscriptionId }: Subscriber, askAgainAt: number): Promise<void> {
    await store
      .insertInto('entitlements')
      .values({ ...UNREAD, subscriptionId, customerId, askAgainAt })
      .onConflict((conflict) => conflict.column('subscriptionId').doUpdateSet({ askAgainAt }))
      .execute();
  }

  /** @returns whether the news are new. */
  async function makeOld(subscriptionId: string, { version, status }: SubscriptionNews = {}): Promise<boolean> {
    const news = { ...(version !== undefined && { version }), ...(status !== undefined && { status }) };
    const changed = { forgottenAt: now(), askAgainAt: 0, ...news };
    const { numInsertedOrUpdatedRows } = await store
      .insertInto('entitlements')
      .values({ ...UNREAD, subscriptionId, changes: 1, ...changed })
      .onConflict((conflict) =>
        conflict
          .column('subscriptionId')
          .doUpdateSet(({ eb }) => ({ ...changed, changes: eb('entitlements.changes', '+', 1) }))
          .where('entitlements.version', '<', version ?? Number.MAX_SAFE_INTEGER),
      )
      .executeTakeFirst();
    return numInsertedOrUpdatedRows !== undefined && numInsertedOrUpdatedRows > 0n;
  }

  /** @param customerIds all customers if absent. */
  async function makeAllOld(customerIds?: readonly string[]): Promise<void> {
    const all = store
      .updateTable('entitlements')
      .set(({ eb }) => ({ forgottenAt: now(), askAgainAt: 0, changes: eb('changes', '+', 1) }));
    await (customerIds ? all.where('customerId', 'in', customerIds) : all).execute();
  }

  /** @returns the subscriptions of this customer whose entitlements were ever read. */
  async function subscriptionsOf(customerId: string): Promise<string[]> {
    const rows = await store
      .selectFrom('entitlements')
      .select('subscriptionId')
      .where('customerId', '=', customerId)
      .execute();
    return rows.map(({ subscriptionId }) => subscriptionId);
  }

  /** @param subscriptionIds at least one. @returns how many lists it has removed. */
  async function forget(subscriptionIds: readonly string[]): Promise<number> {
    const { numDeletedRows } = await store
      .deleteFrom('entitlements')
      .where('subscriptionId', 'in', subscriptionIds)
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  /** Keeps a list for longer than it is answered from, and as long as an outdated webhook for it may still arrive. */
  async function removeOld(): Promise<void> {
    const unusedSince = now() - WEBHOOK_MEMORY_MS;
    await store
      .deleteFrom('entitlements')
      .where('readAt', '<', unusedSince)
      .where('forgottenAt', '<', unusedSince)
      .where('askAgainAt', '<', unusedSince)
      .execute();
  }

  return { find, keep, keepFailure, makeOld, makeAllOld, subscriptionsOf, forget, removeOld };
}

/** A row of a subscription whose list Chargebee has not answered yet. */
const UNREAD = { customerId: '', list: '[]', readAt: 0, forgottenAt: 0, version: 0, changes: 0, changesRead: 0 };

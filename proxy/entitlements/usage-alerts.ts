/**
 * Chargebee's usage alerts (beta): which of a subscription are in alarm, as its webhooks say. They come late, more than once
 * and in any order, so what is newer is decided by when Chargebee says that it happened. The only SQL of the table
 * `usage_alerts`.
 */
import type { Selectable } from 'kysely';
import { ALARM_KEPT_MS, WEBHOOK_MEMORY_MS } from '../constants.js';
import { preparedQuery, type Placeholders } from '../store/prepared-query.js';
import type { Schema, Store } from '../store/store.js';

export type UsageAlert = Selectable<Schema['usageAlerts']>;

interface UsageAlertsOptions {
  readonly store: Store;
  readonly now: () => number;
  /** The ids of the alerts that the operator wants Growth to know; all others are ignored. */
  readonly allowed: readonly string[];
}

export type UsageAlerts = ReturnType<typeof createUsageAlerts>;

export function createUsageAlerts({ store, now, allowed }: UsageAlertsOptions) {
  const select = preparedQuery(store, (value: Placeholders<Pick<UsageAlert, 'subscriptionId'>>) =>
    store
      .selectFrom('usageAlerts')
      .select('alertId')
      .where('subscriptionId', '=', value('subscriptionId'))
      .where('status', '=', 'in_alarm'),
  );

  return {
    /** @returns the ids of those in alarm. It costs nothing if the operator allows none. */
    async inAlarm(subscriptionId: string): Promise<string[]> {
      if (allowed.length === 0) return [];
      const rows = await select({ subscriptionId });
      return rows.map(({ alertId }) => alertId).filter((id) => allowed.includes(id));
    },

    /** @returns false if the operator does not allow this alert. What is older than the last change changes nothing. */
    async change(alert: UsageAlert): Promise<boolean> {
      if (!allowed.includes(alert.alertId)) return false;
      const { status, changedAt } = alert;
      await store
        .insertInto('usageAlerts')
        .values(alert)
        .onConflict((conflict) =>
          conflict
            .columns(['subscriptionId', 'alertId'])
            .doUpdateSet({ status, changedAt })
            .where('usageAlerts.changedAt', '<=', changedAt),
        )
        .execute();
      return true;
    },

    /** @returns what is known of these subscriptions. */
    async listOf(subscriptionIds: readonly string[]): Promise<UsageAlert[]> {
      if (subscriptionIds.length === 0) return [];
      return store.selectFrom('usageAlerts').selectAll().where('subscriptionId', 'in', subscriptionIds).execute();
    },

    /** @param subscriptionIds at least one. @returns how many it has removed. */
    async forget(subscriptionIds: readonly string[]): Promise<number> {
      const { numDeletedRows } = await store
        .deleteFrom('usageAlerts')
        .where('subscriptionId', 'in', subscriptionIds)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },

    /** An alert within its limit is kept as long as an outdated webhook may still say that it is in alarm. */
    async removeOld(): Promise<void> {
      await store
        .deleteFrom('usageAlerts')
        .where('changedAt', '<', now() - WEBHOOK_MEMORY_MS)
        .where(({ or, eb }) => or([eb('status', '=', 'within_limit'), eb('changedAt', '<', now() - ALARM_KEPT_MS)]))
        .execute();
    },
  };
}

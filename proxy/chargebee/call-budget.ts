/**
 * Keeps the site under its Chargebee rate limit, which the company's own billing shares. The count is in the store, so all
 * instances share it. When the budget runs low, events wait first, then no new offers are made; calls that a customer
 * asked for are always made. A minute is a clock minute, not a sliding one, so the busy halves of two adjacent minutes can
 * add up to twice the budget. That is why its default is well below Chargebee's smallest limit. The only SQL of the table
 * `call_budget`.
 */
import { sql } from 'kysely';
import {
  BUDGET_FOR_ENTITLEMENTS,
  BUDGET_FOR_EVENTS,
  BUDGET_FOR_OFFERS,
  BUDGET_FOR_SWEEPS,
  MINUTE_MS,
  PAUSE_WITHOUT_RETRY_AFTER_MS,
} from '../constants.js';
import { preparedQuery, type Placeholders } from '../store/prepared-query.js';
import type { Store } from '../store/store.js';
import { UpstreamFailure } from './call.js';

/** What a call is for; the ones that can wait come first. */
export type CallPurpose = 'sweep' | 'event' | 'offer' | 'entitlement' | 'fulfillment';

const SHARES: Record<CallPurpose, number> = {
  sweep: BUDGET_FOR_SWEEPS,
  event: BUDGET_FOR_EVENTS,
  offer: BUDGET_FOR_OFFERS,
  entitlement: BUDGET_FOR_ENTITLEMENTS,
  fulfillment: Infinity,
};

export type CallBudget = ReturnType<typeof createCallBudget>;

export function createCallBudget({
  store,
  now,
  callsPerMinute,
}: {
  store: Store;
  now: () => number;
  callsPerMinute: number;
}) {
  const count = preparedQuery(store, (value: Placeholders<{ minute: number; limit: number; at: number }>) =>
    store
      .insertInto('callBudget')
      .values({ id: 1, minute: value('minute'), calls: 1, pausedUntil: 0 })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet(({ ref }) => ({
            minute: ref('excluded.minute'),
            calls: sql<number>`case when ${ref('callBudget.minute')} = ${ref('excluded.minute')} then ${ref('callBudget.calls')} + 1 else 1 end`,
          }))
          .where('callBudget.pausedUntil', '<=', value('at'))
          .where(({ or, eb, ref }) =>
            or([eb('callBudget.minute', '!=', ref('excluded.minute')), eb('callBudget.calls', '<', value('limit'))]),
          ),
      )
      .returning('calls'),
  );

  /** Counts one call. @throws UpstreamFailure `busy` with the time until there is room again. */
  async function take(purpose: CallPurpose): Promise<void> {
    const minute = Math.floor(now() / MINUTE_MS);
    const limit = Math.min(Math.ceil(SHARES[purpose] * callsPerMinute), Number.MAX_SAFE_INTEGER);
    const [taken] = await count({ minute, limit, at: now() });
    if (taken) return;
    const { pausedUntil } = await read();
    const until = Math.max(pausedUntil, pausedUntil > now() ? 0 : (minute + 1) * MINUTE_MS);
    throw new UpstreamFailure('busy', `Held back a call to Chargebee (${purpose}): the call budget is used up.`, {
      retryAfterMs: until - now(),
    });
  }

  /** After a 429, no instance calls Chargebee until the time it named. */
  async function pause(retryAfterMs = PAUSE_WITHOUT_RETRY_AFTER_MS): Promise<void> {
    const pausedUntil = now() + retryAfterMs;
    await store.updateTable('callBudget').set({ pausedUntil }).where('pausedUntil', '<', pausedUntil).execute();
  }

  /** @returns how many calls are left in this minute, 0 during a pause. */
  async function left(): Promise<number> {
    const { minute, calls, pausedUntil } = await read();
    if (pausedUntil > now()) return 0;
    return Math.max(0, callsPerMinute - (minute === Math.floor(now() / MINUTE_MS) ? calls : 0));
  }

  async function read() {
    const row = await store.selectFrom('callBudget').selectAll().executeTakeFirst();
    return row ?? { minute: 0, calls: 0, pausedUntil: 0 };
  }

  return { take, pause, left };
}

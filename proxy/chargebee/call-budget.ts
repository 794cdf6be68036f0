/**
 * Keeps the site under its Chargebee rate limit, which the company's own billing shares. The count stands in the store, so
 * that all instances share it. When it runs short, events wait first, then nothing new is offered; what a customer has
 * asked for is always called. A minute is the clock's, not a sliding one: two busy halves of neighbouring minutes can add
 * up to twice the budget, which is why its default lies well below Chargebee's smallest limit.
 */
import { sql } from 'kysely';
import {
  BUDGET_FOR_ENTITLEMENTS,
  BUDGET_FOR_EVENTS,
  BUDGET_FOR_OFFERS,
  PAUSE_WITHOUT_RETRY_AFTER_MS,
} from '../constants.js';
import { prepare } from '../store/prepared-query.js';
import type { Store } from '../store/store.js';
import { UpstreamFailure } from './call.js';

/** What a call is for, from what can wait to what cannot. */
export type CallPurpose = 'event' | 'offer' | 'entitlement' | 'fulfillment';

const SHARES: Record<CallPurpose, number> = {
  event: BUDGET_FOR_EVENTS,
  offer: BUDGET_FOR_OFFERS,
  entitlement: BUDGET_FOR_ENTITLEMENTS,
  fulfillment: Infinity,
};

const MINUTE_MS = 60_000;

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
  const count = prepare(store, ({ minute, limit, at }: { minute: number; limit: number; at: number }) =>
    store
      .insertInto('callBudget')
      .values({ id: 1, minute, calls: 1, pausedUntil: 0 })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet(({ ref }) => ({
            minute: ref('excluded.minute'),
            calls: sql<number>`case when ${ref('callBudget.minute')} = ${ref('excluded.minute')} then ${ref('callBudget.calls')} + 1 else 1 end`,
          }))
          .where('callBudget.pausedUntil', '<=', at)
          .where(({ or, eb, ref }) =>
            or([eb('callBudget.minute', '!=', ref('excluded.minute')), eb('callBudget.calls', '<', limit)]),
          ),
      )
      .returning('calls'),
  );

  /** Counts one call, or throws `UpstreamFailure` of kind `busy` with the time until there is room again. */
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

  /** After a 429 nobody calls until Chargebee's own word has passed. */
  async function pause(retryAfterMs = PAUSE_WITHOUT_RETRY_AFTER_MS): Promise<void> {
    const pausedUntil = now() + retryAfterMs;
    await store.updateTable('callBudget').set({ pausedUntil }).where('pausedUntil', '<', pausedUntil).execute();
  }

  /** @returns how many calls are left in this minute. */
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

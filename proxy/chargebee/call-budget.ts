/**
 * Keeps the site under its Chargebee rate limit, which the company's own billing shares. The count is in the store, so all
 * instances share it. When the budget runs low, calls that nobody waits for are held back first, then prices, then new offers,
 * then entitlements; an acceptance is always made. A minute is a clock minute, not a sliding one, so the busy halves of two
 * adjacent minutes can add up to twice the budget. That is why its default is well below Chargebee's smallest limit. The
 * only SQL of the table `call_budget`.
 */
import { sql, type RawBuilder } from 'kysely';
import {
  BUDGET_FOR_ENTITLEMENTS,
  BUDGET_FOR_EVENTS,
  BUDGET_FOR_OFFERS,
  BUDGET_FOR_PRICES,
  BUDGET_FOR_SWEEPS,
  CLOCKS_APART_MAX_MINUTES,
  MINUTE_MS,
  PACE_AHEAD_MS,
  PAUSE_WITHOUT_RETRY_AFTER_MS,
  PROBE_MS,
  RETRY_AFTER_MAX_MS,
  RETRY_AFTER_MIN_MS,
} from '../constants.js';
import { preparedQuery, type Placeholders } from '../store/prepared-query.js';
import type { Schema, Store } from '../store/store.js';
import type { CallPurpose } from './call-purpose.js';
import { UpstreamFailure } from './call.js';
import { createCausedCalls, type CausedBy } from './caused-calls.js';

const SHARES: Record<CallPurpose, number> = {
  sweep: BUDGET_FOR_SWEEPS,
  event: BUDGET_FOR_EVENTS,
  price: BUDGET_FOR_PRICES,
  offer: BUDGET_FOR_OFFERS,
  entitlement: BUDGET_FOR_ENTITLEMENTS,
  poll: 1,
  accept: Infinity,
  report: Infinity,
};

/** Nobody waits for these, so they are spread over the minute: a backlog must not take its share before the first page. */
const PACED: ReadonlySet<CallPurpose> = new Set(['sweep', 'event']);

type Counted = Pick<Schema['callBudget'], 'minute' | 'calls' | 'pausedUntil'>;

export interface Room {
  readonly calls: number;
  readonly moreInMs: number;
}

export type CallBudget = ReturnType<typeof createCallBudget>;

interface CallBudgetOptions {
  readonly store: Store;
  readonly now: () => number;
  readonly callsPerMinute: number;
}

export function createCallBudget({ store, now, callsPerMinute }: CallBudgetOptions) {
  const caused = createCausedCalls({ store, now, callsPerMinute });
  const count = preparedQuery(
    store,
    (value: Placeholders<{ minute: number; limit: number; at: number; farthest: number; probeUntil: number }>) =>
      store
        .insertInto('callBudget')
        .values({ id: 1, minute: value('minute'), calls: 1, pausedUntil: 0 })
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet(({ ref }) => ({
              minute: sql<number>`case when ${isSameMinute} then ${ref('callBudget.minute')} else ${ref('excluded.minute')} end`,
              calls: sql<number>`case when ${isSameMinute} then ${ref('callBudget.calls')} + 1 else 1 end`,
              // The first call after a pause is a probe: until it has an answer, the pause goes on for the others.
              pausedUntil: sql<number>`case when ${ref('callBudget.pausedUntil')} = 0 then ${ref('callBudget.pausedUntil')} else ${value('probeUntil')} end`,
            }))
            // A pause that ends later than any pause can was written by a wrong clock.
            .where(({ or, eb }) =>
              or([
                eb('callBudget.pausedUntil', '<=', value('at')),
                eb('callBudget.pausedUntil', '>', value('farthest')),
              ]),
            )
            .where(({ or, eb }) =>
              or([sql<boolean>`not ${isSameMinute}`, eb('callBudget.calls', '<', value('limit'))]),
            ),
        )
        .returning('pausedUntil'),
  );

  /**
   * Makes one call, if there is room for it.
   * @param causedBy whose request causes the call; undefined if it is nobody's.
   * @throws UpstreamFailure `busy` with the time until there is room again, and whatever the call throws.
   */
  async function spend<T>(purpose: CallPurpose, causedBy: CausedBy | undefined, call: () => Promise<T>): Promise<T> {
    if (causedBy) await caused.take(purpose, causedBy);
    const probeUntil = await take(purpose);
    try {
      const answer = await call();
      if (probeUntil !== 0) await resume(probeUntil);
      return answer;
    } catch (error) {
      if (error instanceof UpstreamFailure && error.isSiteBusy) await pause(error.retryAfterMs);
      else if (probeUntil !== 0) await resume(probeUntil);
      throw error;
    }
  }

  /** Counts one call. @returns 0, or the time until which it is the probe after a pause. */
  async function take(purpose: CallPurpose): Promise<number> {
    const at = now();
    const [taken] = await count({
      minute: Math.floor(at / MINUTE_MS),
      limit: limitOf(purpose, at),
      at,
      farthest: at + RETRY_AFTER_MAX_MS,
      probeUntil: at + PROBE_MS,
    });
    if (taken) return taken.pausedUntil;
    throw new UpstreamFailure('busy', `Held back a call to Chargebee (${purpose}): the call budget is used up.`, {
      retryAfterMs: waitFor(purpose, await read(), now()),
    });
  }

  /** Up to how many calls of a minute, counted with all others, a call for this purpose is made. */
  function limitOf(purpose: CallPurpose, at: number): number {
    const share = SHARES[purpose] * callsPerMinute;
    const elapsed = PACED.has(purpose) ? Math.min(1, ((at % MINUTE_MS) + PACE_AHEAD_MS) / MINUTE_MS) : 1;
    return Math.min(Math.ceil(share * elapsed), Number.MAX_SAFE_INTEGER);
  }

  /** How long to wait until there may be room again, in milliseconds. */
  function waitFor(purpose: CallPurpose, { minute, calls, pausedUntil }: Counted, at: number): number {
    if (isPaused(pausedUntil, at)) return pausedUntil - at;
    const nextMinute = (minute + 1) * MINUTE_MS;
    const inPaceAt = (minute + calls / (SHARES[purpose] * callsPerMinute)) * MINUTE_MS - PACE_AHEAD_MS;
    const until = PACED.has(purpose) ? Math.min(inPaceAt, nextMinute) : nextMinute;
    return Math.min(Math.max(until - at, RETRY_AFTER_MIN_MS), MINUTE_MS);
  }

  /** After a 429, no instance calls Chargebee until the time it named. */
  async function pause(retryAfterMs = PAUSE_WITHOUT_RETRY_AFTER_MS): Promise<void> {
    const pausedUntil = now() + retryAfterMs;
    await store
      .updateTable('callBudget')
      .set({ pausedUntil })
      .where(({ or, eb }) =>
        or([eb('pausedUntil', '<', pausedUntil), eb('pausedUntil', '>', now() + RETRY_AFTER_MAX_MS)]),
      )
      .execute();
  }

  /** The probe was answered. Another 429 may have begun a new pause meanwhile, which then stays. */
  async function resume(probeUntil: number): Promise<void> {
    await store.updateTable('callBudget').set({ pausedUntil: 0 }).where('pausedUntil', '=', probeUntil).execute();
  }

  /** @returns how many calls are left in this minute, 0 during a pause. */
  async function left(): Promise<number> {
    const at = now();
    return Math.max(0, callsPerMinute - callsMade(await read(), at));
  }

  /** How many calls for this purpose can be made right now, and how long to wait until there may be room for more. */
  async function room(purpose: CallPurpose): Promise<Room> {
    const at = now();
    const row = await read();
    const free = Math.max(0, limitOf(purpose, at) - callsMade(row, at));
    // The first call after a pause goes alone.
    const calls = row.pausedUntil === 0 ? free : Math.min(free, 1);
    return { calls, moreInMs: waitFor(purpose, row, at) };
  }

  async function read(): Promise<Counted> {
    const row = await store.selectFrom('callBudget').selectAll().executeTakeFirst();
    return row ?? { minute: 0, calls: 0, pausedUntil: 0 };
  }

  return { spend, left, room, removeOld: caused.removeOld };
}

/**
 * An instance whose clock is a little behind counts into the minute that another one has begun. If each went by its own
 * clock, each would set the other's count back.
 */
const isSameMinute: RawBuilder<boolean> = sql<boolean>`(${sql.ref('call_budget.minute')} between ${sql.ref('excluded.minute')} and ${sql.ref('excluded.minute')} + ${sql.lit(CLOCKS_APART_MAX_MINUTES)})`;

/** How many calls of this minute have been made, Infinity during a pause. */
function callsMade({ minute, calls, pausedUntil }: Counted, at: number): number {
  if (isPaused(pausedUntil, at)) return Infinity;
  const ahead = minute - Math.floor(at / MINUTE_MS);
  return ahead >= 0 && ahead <= CLOCKS_APART_MAX_MINUTES ? calls : 0;
}

function isPaused(pausedUntil: number, at: number): boolean {
  return pausedUntil > at && pausedUntil <= at + RETRY_AFTER_MAX_MS;
}

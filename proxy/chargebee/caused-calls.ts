/**
 * How many of the site's calls to Chargebee one user, and one customer with all its users, cause in a minute. It keeps a tab
 * that asks in a loop, or a big company, from using up what the others need. The count is in the store, so it holds for all
 * instances together. The only SQL of the table `caused_calls`.
 */
import { sql } from 'kysely';
import {
  BUDGET_FOR_ACCEPTANCES,
  BUDGET_PER_CUSTOMER,
  BUDGET_PER_USER,
  CALLS_CAUSED_AT_LEAST,
  CLOCKS_APART_MAX_MINUTES,
  MINUTE_MS,
} from '../constants.js';
import type { Customer } from '../customer.js';
import { preparedQuery, type Placeholders } from '../store/prepared-query.js';
import type { Store } from '../store/store.js';
import type { CallPurpose } from './call-purpose.js';
import { UpstreamFailure } from './call.js';

/** Whose request causes a call. Without a user, or with an empty one, only the customer is known. */
export type CausedBy = Pick<Customer, 'customerId' | 'userId'>;

interface CausedCallsOptions {
  readonly store: Store;
  readonly now: () => number;
  readonly callsPerMinute: number;
}

export function createCausedCalls({ store, now, callsPerMinute }: CausedCallsOptions) {
  const count = preparedQuery(store, (value: Placeholders<{ who: string; minute: number; limit: number }>) =>
    store
      .insertInto('causedCalls')
      .values({ who: value('who'), minute: value('minute'), calls: 1 })
      .onConflict((conflict) =>
        conflict
          .column('who')
          .doUpdateSet(({ ref }) => ({
            minute: sql<number>`case when ${isSameMinute} then ${ref('causedCalls.minute')} else ${ref('excluded.minute')} end`,
            calls: sql<number>`case when ${isSameMinute} then ${ref('causedCalls.calls')} + 1 else 1 end`,
          }))
          .where(({ or, eb }) => or([sql<boolean>`not ${isSameMinute}`, eb('causedCalls.calls', '<', value('limit'))])),
      )
      .returning('calls'),
  );

  /** Counts one call. @throws UpstreamFailure `busy` with the time until this customer may cause one again. */
  async function take(purpose: CallPurpose, { customerId, userId }: CausedBy): Promise<void> {
    const at = now();
    const minute = Math.floor(at / MINUTE_MS);
    const takes = async (who: readonly string[], share: number) =>
      (await count({ who: JSON.stringify(who), minute, limit: limitOf(purpose, share) })).length > 0;
    // The user first: what a user is refused must not count for the colleagues.
    const mayUser = !userId || (await takes([customerId, userId], BUDGET_PER_USER));
    if (mayUser && (await takes([customerId], BUDGET_PER_CUSTOMER))) return;
    throw new UpstreamFailure('busy', `Held back a call to Chargebee (${purpose}): this customer causes too many.`, {
      retryAfterMs: (minute + 1) * MINUTE_MS - at,
    });
  }

  function limitOf(purpose: CallPurpose, share: number): number {
    const shareNow = share + (purpose === 'accept' ? BUDGET_FOR_ACCEPTANCES : 0);
    return Math.max(Math.ceil(shareNow * callsPerMinute), CALLS_CAUSED_AT_LEAST);
  }

  async function removeOld(): Promise<void> {
    const minute = Math.floor(now() / MINUTE_MS) - CLOCKS_APART_MAX_MINUTES;
    await store.deleteFrom('causedCalls').where('minute', '<', minute).execute();
  }

  return { take, removeOld };
}

/** As in the call budget: an instance whose clock is a little behind counts into the minute that another one has begun. */
const isSameMinute = sql<boolean>`(${sql.ref('caused_calls.minute')} between ${sql.ref('excluded.minute')} and ${sql.ref('excluded.minute')} + ${sql.lit(CLOCKS_APART_MAX_MINUTES)})`;

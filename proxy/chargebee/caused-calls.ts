/**
 * How many of the site's calls to Chargebee one user, and one customer with all its users, cause in a minute. It keeps a tab
 * that asks in a loop, or a big company, from using up what the others need. Most cause one or two, for which a write before
 * each would cost more than it protects: an instance counts the first tenth of a limit in its memory, and from then on all of
 * them in the store. So the limits hold for all instances together, except for a tenth at each instance that sees less than
 * that of a customer. The only SQL of the table `caused_calls`.
 */
import { sql } from 'kysely';
import {
  BUDGET_FOR_ACCEPTANCES,
  BUDGET_PER_CUSTOMER,
  BUDGET_PER_USER,
  CALLS_CAUSED_AT_LEAST,
  CALLS_CAUSED_UNSHARED,
  CLOCKS_APART_MAX_MINUTES,
  MINUTE_MS,
} from '../constants.js';
import type { Customer } from '../customer.js';
import { preparedQuery, type Placeholders } from '../store/prepared-query.js';
import type { Store } from '../store/store.js';
import type { CallPurpose } from './call-purpose.js';
import { UpstreamFailure } from './call.js';

/** Whose request causes a call. Without a user, or with an empty one, only the customer is known. */
export type CausedBy = Pick<Customer, 'customerId' | 'userId' | 'preview'>;

interface CausedCallsOptions {
  readonly store: Store;
  readonly now: () => number;
  readonly callsPerMinute: number;
}

interface Count {
  calls: number;
  /** How many of them are in the store. */
  shared: number;
}

export function createCausedCalls({ store, now, callsPerMinute }: CausedCallsOptions) {
  /** What this instance has seen in its current minute. */
  let seen = { minute: 0, counts: new Map<string, Count>() };

  const count = preparedQuery(
    store,
    (value: Placeholders<{ who: string; minute: number; calls: number; room: number }>) =>
      store
        .insertInto('causedCalls')
        .values({ who: value('who'), minute: value('minute'), calls: value('calls') })
        .onConflict((conflict) =>
          conflict
            .column('who')
            .doUpdateSet(({ ref }) => ({
              minute: sql<number>`case when ${isSameMinute} then ${ref('causedCalls.minute')} else ${ref('excluded.minute')} end`,
              calls: sql<number>`case when ${isSameMinute} then ${ref('causedCalls.calls')} else 0 end + ${ref('excluded.calls')}`,
            }))
            .where(({ or, eb }) =>
              or([sql<boolean>`not ${isSameMinute}`, eb('causedCalls.calls', '<=', value('room'))]),
            ),
        )
        .returning('calls'),
  );

  /** Counts one call. @throws UpstreamFailure `busy` with the time until this customer may cause one again. */
  async function take(purpose: CallPurpose, { customerId, userId, preview }: CausedBy): Promise<void> {
    const at = now();
    const minute = Math.floor(at / MINUTE_MS);
    const takes = (who: readonly string[], share: number) =>
      takeOne(JSON.stringify(who), minute, limitOf(purpose, share));
    // What staff look at must not use up what is the customer's.
    const customer = preview ? [customerId, '', 'preview'] : [customerId];
    // The user first: what a user is refused must not count for the colleagues.
    const mayUser = preview || !userId || (await takes([customerId, userId], BUDGET_PER_USER));
    if (mayUser && (await takes(customer, BUDGET_PER_CUSTOMER))) return;
    throw new UpstreamFailure('busy', `Held back a call to Chargebee (${purpose}): this customer causes too many.`, {
      retryAfterMs: (minute + 1) * MINUTE_MS - at,
    });
  }

  /** @returns false if the limit is reached. */
  async function takeOne(who: string, minute: number, limit: number): Promise<boolean> {
    const mine = countOf(who, minute);
    if (mine.calls >= limit) return false;
    mine.calls += 1;
    if (mine.calls <= limit * CALLS_CAUSED_UNSHARED) return true;
    const calls = mine.calls - mine.shared;
    mine.shared += calls;
    try {
      const isTaken = (await count({ who, minute, calls, room: limit - calls })).length > 0;
      if (!isTaken) giveBack(mine, calls);
      return isTaken;
    } catch (error) {
      giveBack(mine, calls);
      throw error;
    }
  }

  function countOf(who: string, minute: number): Count {
    if (seen.minute !== minute) seen = { minute, counts: new Map() };
    const known = seen.counts.get(who) ?? { calls: 0, shared: 0 };
    seen.counts.set(who, known);
    return known;
  }

  function limitOf(purpose: CallPurpose, share: number): number {
    const shareNow = share + (purpose === 'accept' ? BUDGET_FOR_ACCEPTANCES : 0);
    return Math.max(Math.ceil(shareNow * callsPerMinute), CALLS_CAUSED_AT_LEAST);
  }

  async function removeOld(): Promise<void> {
    const minute = Math.floor(now() / MINUTE_MS) - CLOCKS_APART_MAX_MINUTES;
    await store.deleteFrom('causedCalls').where('minute', '<', minute).execute();
  }

  /** @returns how many counts of this customer and its users it has removed. */
  async function forget(customerId: string): Promise<number> {
    const alone = JSON.stringify([customerId]);
    const withUser = `${alone.slice(0, -1)},`;
    const { numDeletedRows } = await store
      .deleteFrom('causedCalls')
      .where(({ or, eb, fn, val, lit }) =>
        or([
          eb('who', '=', alone),
          // By characters, which a string of JavaScript counts differently beyond U+FFFF.
          eb(fn<string>('substr', ['who', lit(1), lit([...withUser].length)]), '=', val(withUser)),
        ]),
      )
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  return { take, forget, removeOld };
}

/** The call was not made. Those before it are shared with the next one that is. */
function giveBack(count: Count, shared: number): void {
  count.calls -= 1;
  count.shared -= shared;
}

/** As in the call budget: an instance whose clock is a little behind counts into the minute that another one has begun. */
const isSameMinute = sql<boolean>`(${sql.ref('caused_calls.minute')} between ${sql.ref('excluded.minute')} and ${sql.ref('excluded.minute')} + ${sql.lit(CLOCKS_APART_MAX_MINUTES)})`;

/**
 * Delivers to Chargebee what the proxy has promised to deliver, however long it takes: offer events and the app's
 * reports on its fulfillments. An entry is in the store before anybody is answered. Entries of one queue go out in order;
 * a lease keeps two instances from sending the same one. Delivery is at least once: a crash between Chargebee's answer
 * and our note of it sends an entry twice.
 */
import type { Selectable } from 'kysely';
import { setTimeout as wait } from 'node:timers/promises';
import {
  OUTBOX_BATCH_SIZE,
  OUTBOX_EVENT_TTL_MS,
  OUTBOX_FIRST_RETRY_MS,
  OUTBOX_IDLE_MS,
  OUTBOX_LEASE_MS,
  OUTBOX_REPORT_TTL_MS,
  OUTBOX_RETRY_CAP_MS,
} from '../constants.js';
import type { Log } from '../log.js';
import { prepare } from '../store/prepared-query.js';
import type { Schema, Store } from '../store/store.js';
import { UpstreamFailure } from '../chargebee/call.js';

export type OutboxEntry = Selectable<Schema['outbox']>;
export type NewEntry = Pick<OutboxEntry, 'queue' | 'kind' | 'reason'>;
export type Outbox = ReturnType<typeof createOutbox>;

export interface OutboxOptions {
  readonly store: Store;
  readonly now: () => number;
  readonly log: Log;
  /** Sends one entry. An `UpstreamFailure` decides whether it is tried again. */
  readonly deliver: (entry: OutboxEntry) => Promise<void>;
}

export function createOutbox({ store, now, log, deliver }: OutboxOptions) {
  let isStopped = false;
  let hasSaidEventsAreOff = false;
  /** Chargebee, or our own budget, has no room for events before then: to try each of them would only cost us writes. */
  let eventsRestUntil = 0;
  let woken = withResolve();
  let rounds: Promise<void> | undefined;

  const insert = prepare(store, ({ queue, kind, reason, at }: NewEntry & { at: number }) =>
    store.insertInto('outbox').values({ queue, kind, reason, createdAt: at, nextAttemptAt: at }),
  );

  /** Call `wake()` after it. */
  async function add(entry: NewEntry): Promise<void> {
    await insert({ ...entry, at: now() });
  }

  /** @returns the report that waits for this fulfillment: the new one, or an earlier one, which may say the opposite. */
  async function addReport(entry: NewEntry): Promise<OutboxEntry | undefined> {
    const added = await store
      .insertInto('outbox')
      .values({ ...entry, createdAt: now(), nextAttemptAt: now() })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    const waiting = store.selectFrom('outbox').selectAll().where('queue', '=', entry.queue).where('diedAt', 'is', null);
    return added ?? waiting.executeTakeFirst();
  }

  function start(): void {
    rounds ??= run();
  }

  /** @returns when what is being sent has ended. What is left waits in the store for the next start. */
  async function stop(): Promise<void> {
    isStopped = true;
    woken.resolve();
    await rounds;
  }

  /** Looks for what is due now. */
  function wake(): void {
    if (now() >= eventsRestUntil) woken.resolve();
  }

  async function run(): Promise<void> {
    while (!isStopped) {
      // Made before the round, so that an entry added during the round starts the next one at once.
      woken = withResolve();
      try {
        await sendAllDue();
        await Promise.race([woken.promise, wait(await untilNext(), undefined, { ref: false })]);
      } catch (error) {
        log.error({ err: error }, 'Failed to work through the outbox; it is tried again.');
        await Promise.race([woken.promise, wait(OUTBOX_IDLE_MS, undefined, { ref: false })]);
      }
    }
  }

  /** Tries one entry at once, before those that wait. */
  async function deliverNow(id: number): Promise<'delivered' | 'waiting' | 'dead'> {
    const entry = await store.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst();
    if (!entry || (await send(entry))) return 'delivered';
    const after = await store.selectFrom('outbox').select('diedAt').where('id', '=', id).executeTakeFirst();
    if (!after) return 'delivered';
    return after.diedAt === null ? 'waiting' : 'dead';
  }

  /** What `start()` does whenever it is time, for hosts where nothing runs between two requests. */
  async function sendAllDue(): Promise<void> {
    for (;;) {
      const entries = await due();
      if (entries.length === 0 || isStopped) return;
      await Promise.all(entries.map(send));
    }
  }

  /** The first living entry of each queue, if it may go out now. Reports never wait for the room that events need. */
  function due(): Promise<OutboxEntry[]> {
    return store
      .selectFrom('outbox')
      .selectAll()
      .where('diedAt', 'is', null)
      .where('nextAttemptAt', '<=', now())
      .where('leasedUntil', '<=', now())
      .$if(now() < eventsRestUntil, (query) => query.where('kind', 'in', ['completed', 'failed']))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('outbox as earlier')
              .select('earlier.id')
              .whereRef('earlier.queue', '=', 'outbox.queue')
              .whereRef('earlier.id', '<', 'outbox.id')
              .where('earlier.diedAt', 'is', null),
          ),
        ),
      )
      .orderBy('id')
      .limit(OUTBOX_BATCH_SIZE)
      .execute();
  }

  async function untilNext(): Promise<number> {
    const next = await store
      .selectFrom('outbox')
      .select((expression) => expression.fn.min('nextAttemptAt').as('at'))
      .where('diedAt', 'is', null)
      .executeTakeFirst();
    const waitMs = next?.at == null ? OUTBOX_IDLE_MS : Number(next.at) - now();
    return Math.min(Math.max(waitMs, OUTBOX_FIRST_RETRY_MS), OUTBOX_IDLE_MS);
  }

  async function send(entry: OutboxEntry): Promise<boolean> {
    if (!(await lease(entry))) return false;
    try {
      await deliver(entry);
    } catch (error) {
      await postpone(entry, error);
      return false;
    }
    await store.deleteFrom('outbox').where('id', '=', entry.id).execute();
    return true;
  }

  async function lease({ id }: OutboxEntry): Promise<boolean> {
    const { numUpdatedRows } = await store
      .updateTable('outbox')
      .set({ leasedUntil: now() + OUTBOX_LEASE_MS })
      .where('id', '=', id)
      .where('diedAt', 'is', null)
      .where('leasedUntil', '<=', now())
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async function postpone(entry: OutboxEntry, error: unknown): Promise<void> {
    const attempts = entry.attempts + 1;
    const nextAttemptAt = now() + retryAfter(attempts, error);
    if (error instanceof UpstreamFailure && error.kind === 'busy') eventsRestUntil = nextAttemptAt;
    // A key that is not accepted says nothing about the entry: somebody will mend it.
    const isWorthAnotherTry =
      !(error instanceof UpstreamFailure) ||
      error.kind === 'unavailable' ||
      error.kind === 'busy' ||
      error.status === 401;
    const isReport = entry.kind === 'completed' || entry.kind === 'failed';
    const isLate = now() - entry.createdAt > (isReport ? OUTBOX_REPORT_TTL_MS : OUTBOX_EVENT_TTL_MS);
    const lastError = error instanceof Error ? error.message : String(error);
    const isDead = isLate || !isWorthAnotherTry;
    await store
      .updateTable('outbox')
      .set({
        attempts,
        lastError,
        leasedUntil: 0,
        diedAt: isDead ? now() : null,
        nextAttemptAt,
      })
      .where('id', '=', entry.id)
      .execute();
    const facts = { err: error, outboxEntry: entry.id, kind: entry.kind, queue: entry.queue, attempts };
    if (isDead && !isReport && error instanceof UpstreamFailure && error.kind === 'refused') sayEventsAreOff(facts);
    else if (isDead)
      log.error(facts, 'Gave up an outbox entry: it stays in the store as a dead letter with its reason.');
    else log.warn(facts, 'Failed to deliver an outbox entry; it is tried again.');
  }

  /** A site without offer_events refuses every one of them; a line for each would drown the log. */
  function sayEventsAreOff(facts: object): void {
    if (hasSaidEventsAreOff) return;
    hasSaidEventsAreOff = true;
    log.error(
      facts,
      'Chargebee refuses offer events: on live sites they are off until its support enables them. This is said once.',
    );
  }

  return { add, addReport, start, stop, wake, sendAllDue, deliverNow };
}

/** Exponential, between half and the whole of the step so that instances spread; Chargebee's own word goes first. */
function retryAfter(attempts: number, error: unknown): number {
  if (error instanceof UpstreamFailure && error.retryAfterMs !== undefined) return error.retryAfterMs;
  const step = Math.min(OUTBOX_FIRST_RETRY_MS * 2 ** (attempts - 1), OUTBOX_RETRY_CAP_MS);
  return Math.round(step / 2 + (Math.random() * step) / 2);
}

function withResolve(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/**
 * Sends the entries of the outbox to Chargebee, however long it takes. Entries of one queue are sent in order, and a lease
 * keeps two instances from sending the same one. Delivery is at least once: if the proxy stops after Chargebee's answer and
 * before it has removed the entry, the entry is sent again.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Room } from '../chargebee/call-budget.js';
import { UpstreamFailure } from '../chargebee/call.js';
import {
  EVENTS_OFF_RETRY_MS,
  OUTBOX_EVENT_TTL_MS,
  OUTBOX_FIRST_RETRY_MS,
  OUTBOX_IDLE_MS,
  OUTBOX_REPORT_TTL_MS,
  OUTBOX_RETRY_CAP_MS,
} from '../constants.js';
import type { Log } from '../log.js';
import type { Leases } from '../store/leases.js';
import type { Outbox, OutboxEntry } from './outbox.js';

/** Thrown by `send` if no later try can succeed, because what the entry says is not so any more. */
export class NeverDelivered extends Error {}

interface DeliveryOptions {
  readonly outbox: Outbox;
  /** Sends one entry. What it throws decides whether the entry is tried again. */
  readonly send: (entry: OutboxEntry) => Promise<void>;
  /** How many events may be sent right now. What customers wait for goes first. */
  readonly roomForEvents: () => Promise<Room>;
  readonly leases: Pick<Leases, 'take' | 'takenUntil'>;
  readonly now: () => number;
  readonly log: Log;
}

export type Delivery = ReturnType<typeof createDelivery>;

export function createDelivery({ outbox, send, roomForEvents, leases, now, log }: DeliveryOptions) {
  let isStopped = false;
  /** A site without `offer_events` refuses every event. Until one was sent, the others wait for how it goes. */
  let areEventsInDoubt = true;
  let hasLoggedEventsAreOff = false;
  /** Chargebee takes no events before then, or the call budget has no room for them. */
  let eventsRestUntil = 0;
  let woken = withResolve();
  let rounds: Promise<void> | undefined;

  function start(): void {
    rounds ??= run();
  }

  /** Resolves when the deliveries under way have ended. The remaining entries wait in the store for the next start. */
  async function stop(): Promise<void> {
    isStopped = true;
    woken.resolve();
    await rounds;
  }

  /** Looks for entries that are due now. Call it after adding one. */
  function wake(): void {
    if (now() >= eventsRestUntil) woken.resolve();
  }

  async function run(): Promise<void> {
    while (!isStopped) {
      // Created before the round, so that an entry added during the round starts the next one at once.
      woken = withResolve();
      try {
        await sendAllDue();
        await Promise.race([woken.promise, wait(await untilNext(), undefined, { ref: false })]);
      } catch (error) {
        log.error({ err: error }, 'Failed to work through the outbox; the proxy tries again.');
        await Promise.race([woken.promise, wait(OUTBOX_IDLE_MS, undefined, { ref: false })]);
      }
    }
  }

  async function untilNext(): Promise<number> {
    const next = await outbox.nextAttemptAt();
    const waitMs = next === undefined ? OUTBOX_IDLE_MS : next - now();
    return Math.min(Math.max(waitMs, OUTBOX_FIRST_RETRY_MS), OUTBOX_IDLE_MS);
  }

  /** What `start()` does repeatedly, for hosts where nothing runs between two requests. Reports never rest. */
  async function sendAllDue(): Promise<void> {
    let hasRoomForEvents = true;
    for (;;) {
      const entries = await outbox.due({ reportsOnly: !hasRoomForEvents || now() < eventsRestUntil });
      if (entries.length === 0 || isStopped) return;
      const reports = entries.filter(isReport);
      const events = entries.filter((entry) => !isReport(entry));
      const room = events.length === 0 ? 0 : await roomNow();
      const fitting = events.slice(0, areEventsInDoubt ? Math.min(room, 1) : room);
      hasRoomForEvents = room >= events.length;
      await Promise.all([...reports, ...fitting].map(attempt));
    }
  }

  /**
   * How many events may be sent now. In doubt, another instance may know that the site refuses them. Without room they rest:
   * each new event would look again at what waits.
   */
  async function roomNow(): Promise<number> {
    if (areEventsInDoubt) {
      eventsRestUntil = Math.max(eventsRestUntil, await leases.takenUntil(EVENTS_ARE_OFF, EVENTS_OFF_RETRY_MS));
    }
    if (now() < eventsRestUntil) return 0;
    const { calls, moreInMs } = await roomForEvents();
    if (calls === 0) eventsRestUntil = now() + moreInMs;
    return calls;
  }

  /** Tries one entry at once, ahead of those that wait. */
  async function deliverNow(id: number): Promise<'delivered' | 'waiting' | 'dead'> {
    const entry = await outbox.find(id);
    if (!entry || (await attempt(entry))) return 'delivered';
    const after = await outbox.find(id);
    if (!after) return 'delivered';
    return after.diedAt === null ? 'waiting' : 'dead';
  }

  /** @returns whether this call delivered the entry. */
  async function attempt(entry: OutboxEntry): Promise<boolean> {
    if (!(await outbox.lease(entry.id))) return false;
    try {
      await send(entry);
    } catch (error) {
      await postpone(entry, error);
      return false;
    }
    if (!isReport(entry)) {
      areEventsInDoubt = false;
      hasLoggedEventsAreOff = false;
    }
    await outbox.remove(entry.id);
    return true;
  }

  async function postpone(entry: OutboxEntry, error: unknown): Promise<void> {
    if (!isReport(entry) && areEventsOff(error)) return restEvents(entry, error);
    areEventsInDoubt &&= isReport(entry);
    const attempts = entry.attempts + 1;
    const nextAttemptAt = now() + retryAfter(attempts, error);
    if (error instanceof UpstreamFailure && error.isSiteBusy) eventsRestUntil = nextAttemptAt;
    const isWorthAnotherTry = isReport(entry) ? !(error instanceof NeverDelivered) : isEventWorthAnotherTry(error);
    const isLate = now() - entry.createdAt > (isReport(entry) ? OUTBOX_REPORT_TTL_MS : OUTBOX_EVENT_TTL_MS);
    const lastError = error instanceof Error ? error.message : String(error);
    const isDead = isLate || !isWorthAnotherTry;
    await outbox.postpone(entry.id, { attempts, lastError, nextAttemptAt, diedAt: isDead ? now() : null });
    const facts = { err: error, outboxEntry: entry.id, kind: entry.kind, queue: entry.queue, attempts };
    if (isDead) log.error(facts, 'Gave up an outbox entry: it stays in the store as a dead letter with its reason.');
    // Held back by the proxy's own budget: that is no failure, and a backlog would flood the log.
    else if (!(error instanceof UpstreamFailure && error.kind === 'busy' && error.status === undefined))
      log.warn(facts, 'Failed to deliver an outbox entry; the proxy tries again.');
  }

  /**
   * Asks again an hour later, with one event. The others wait for as long as they are worth something, in case somebody
   * enables them; then they go without a trace, because no dead letter could say more than this one line.
   */
  async function restEvents(entry: OutboxEntry, failure: UpstreamFailure): Promise<void> {
    areEventsInDoubt = true;
    eventsRestUntil = now() + EVENTS_OFF_RETRY_MS;
    await leases.take(EVENTS_ARE_OFF, EVENTS_OFF_RETRY_MS);
    await outbox.dropEvents(now() - OUTBOX_EVENT_TTL_MS);
    await outbox.postpone(entry.id, {
      attempts: entry.attempts + 1,
      lastError: failure.message,
      nextAttemptAt: now() + OUTBOX_RETRY_CAP_MS,
      diedAt: null,
    });
    if (hasLoggedEventsAreOff) return;
    hasLoggedEventsAreOff = true;
    log.error(
      { err: failure },
      'Chargebee refuses offer events: on live sites they are off until Chargebee support enables them. The proxy asks once an hour; this is logged once.',
    );
  }

  return { start, stop, wake, sendAllDue, deliverNow };
}

/** A 401 is about the key and not about the entry: it can be delivered once somebody has corrected the key. */
function isEventWorthAnotherTry(error: unknown): boolean {
  if (!(error instanceof UpstreamFailure)) return true;
  return error.kind === 'unavailable' || error.kind === 'busy' || error.status === 401;
}

/** The name of the lease that a refusal takes for all instances. */
const EVENTS_ARE_OFF = 'offer events are off';

function isReport({ kind }: OutboxEntry): boolean {
  return kind === 'completed' || kind === 'failed';
}

/** Chargebee documents no code for a site without `offer_events`. These two are about the operation, not about one event. */
function areEventsOff(error: unknown): error is UpstreamFailure {
  return error instanceof UpstreamFailure && error.kind === 'refused' && (error.status === 403 || error.status === 405);
}

/**
 * Exponential, and random between half and all of the step, so that instances do not retry together. A `Retry-After` of
 * Chargebee overrides it.
 */
function retryAfter(attempts: number, error: unknown): number {
  if (error instanceof UpstreamFailure && error.retryAfterMs !== undefined) {
    return Math.min(error.retryAfterMs, OUTBOX_RETRY_CAP_MS);
  }
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

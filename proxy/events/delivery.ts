/**
 * Sends the entries of the outbox to Chargebee, however long it takes. Entries of one queue are sent in order, and a lease
 * keeps two instances from sending the same one. Delivery is at least once: if the proxy stops after Chargebee's answer and
 * before it has removed the entry, the entry is sent again.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { UpstreamFailure } from '../chargebee/call.js';
import {
  OUTBOX_EVENT_TTL_MS,
  OUTBOX_FIRST_RETRY_MS,
  OUTBOX_IDLE_MS,
  OUTBOX_REPORT_TTL_MS,
  OUTBOX_RETRY_CAP_MS,
} from '../constants.js';
import type { Log } from '../log.js';
import type { Outbox, OutboxEntry } from './outbox.js';

/** Thrown by `send` if no later try can succeed, because what the entry says is not so any more. */
export class NeverDelivered extends Error {}

interface DeliveryOptions {
  readonly outbox: Outbox;
  /** Sends one entry. What it throws decides whether the entry is tried again. */
  readonly send: (entry: OutboxEntry) => Promise<void>;
  readonly now: () => number;
  readonly log: Log;
}

export type Delivery = ReturnType<typeof createDelivery>;

export function createDelivery({ outbox, send, now, log }: DeliveryOptions) {
  let isStopped = false;
  let hasLoggedEventsAreOff = false;
  /** Neither Chargebee nor the call budget has room for events before then; trying each one would only cost writes. */
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
    for (;;) {
      const entries = await outbox.due({ reportsOnly: now() < eventsRestUntil });
      if (entries.length === 0 || isStopped) return;
      await Promise.all(entries.map(attempt));
    }
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
    await outbox.remove(entry.id);
    return true;
  }

  async function postpone(entry: OutboxEntry, error: unknown): Promise<void> {
    const attempts = entry.attempts + 1;
    const nextAttemptAt = now() + retryAfter(attempts, error);
    if (error instanceof UpstreamFailure && error.kind === 'busy') eventsRestUntil = nextAttemptAt;
    const isReport = entry.kind === 'completed' || entry.kind === 'failed';
    const isWorthAnotherTry = isReport ? !(error instanceof NeverDelivered) : isEventWorthAnotherTry(error);
    const isLate = now() - entry.createdAt > (isReport ? OUTBOX_REPORT_TTL_MS : OUTBOX_EVENT_TTL_MS);
    const lastError = error instanceof Error ? error.message : String(error);
    const isDead = isLate || !isWorthAnotherTry;
    await outbox.postpone(entry.id, { attempts, lastError, nextAttemptAt, diedAt: isDead ? now() : null });
    const facts = { err: error, outboxEntry: entry.id, kind: entry.kind, queue: entry.queue, attempts };
    if (isDead && !isReport && error instanceof UpstreamFailure && error.kind === 'refused') logEventsAreOff(facts);
    else if (isDead)
      log.error(facts, 'Gave up an outbox entry: it stays in the store as a dead letter with its reason.');
    else log.warn(facts, 'Failed to deliver an outbox entry; the proxy tries again.');
  }

  /** A site without offer_events refuses every event, and a line for each would flood the log. */
  function logEventsAreOff(facts: object): void {
    if (hasLoggedEventsAreOff) return;
    hasLoggedEventsAreOff = true;
    log.error(
      facts,
      'Chargebee refuses offer events: on live sites they are off until Chargebee support enables them. This is logged once.',
    );
  }

  return { start, stop, wake, sendAllDue, deliverNow };
}

/** A 401 is about the key and not about the entry: it can be delivered once somebody has corrected the key. */
function isEventWorthAnotherTry(error: unknown): boolean {
  if (!(error instanceof UpstreamFailure)) return true;
  return error.kind === 'unavailable' || error.kind === 'busy' || error.status === 401;
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

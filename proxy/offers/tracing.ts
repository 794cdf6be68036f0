/**
 * Leaves the traces that support looks at. They are written after the answer, and the same one once a minute at most: no page
 * waits for them, and a busy one costs nothing.
 */
import { TRACE_AGAIN_MS, TRACES_REMEMBERED } from '../constants.js';
import type { Offer, OfferAnswer } from '../contract.js';
import type { Customer } from '../customer.js';
import type { Log } from '../log.js';
import type { Trace, Traces } from './traces.js';

interface TracingOptions {
  readonly traces: Pick<Traces, 'write'>;
  /** Given the writes. */
  readonly keepAlive: (work: Promise<unknown>) => void;
  readonly now: () => number;
  readonly log: Log;
}

export type Tracing = ReturnType<typeof createTracing>;

export function createTracing({ traces, keepAlive, now, log }: TracingOptions) {
  /** When this process has written a trace, by the whole trace. */
  const written = new Map<string, number>();

  function leave(
    { subscriptionId, customerId, userId = '' }: Customer,
    what: Omit<Trace, 'subscriptionId' | 'customerId' | 'userId' | 'at'>,
  ): void {
    const trace = { subscriptionId, customerId, userId, ...what };
    const name = JSON.stringify(trace);
    const at = now();
    if (Math.abs(at - (written.get(name) ?? 0)) < TRACE_AGAIN_MS) return;
    const [oldest] = written.keys();
    if (oldest !== undefined && written.size >= TRACES_REMEMBERED) written.delete(oldest);
    written.delete(name);
    written.set(name, at);
    const writing = traces.write(trace).catch((error: unknown) => {
      written.delete(name);
      log.warn({ err: error }, 'Failed to store what a customer was last told or shown; only support misses it.');
    });
    keepAlive(writing);
  }

  /** @param feature which was asked about. */
  function told(customer: Customer, feature: string | undefined, { access, why, offer }: OfferAnswer): void {
    leave(customer, {
      kind: 'told',
      feature: feature ?? null,
      access: access ?? null,
      why: why ?? null,
      campaignId: offer?.campaignId ?? null,
      offerId: offer?.id ?? null,
    });
  }

  function seen(customer: Customer, { id, campaignId }: Offer): void {
    const asked = { feature: null, access: null, why: null };
    leave(customer, { kind: 'seen', ...asked, campaignId: campaignId ?? null, offerId: id });
  }

  return { told, seen };
}

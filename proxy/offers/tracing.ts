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

type About = Pick<Trace, 'kind' | 'feature'>;
type Told = Pick<Trace, 'access' | 'why' | 'campaignId' | 'offerId'>;

export type Tracing = ReturnType<typeof createTracing>;

export function createTracing({ traces, keepAlive, now, log }: TracingOptions) {
  /** What this process has written last, by whom and what it is about. */
  const written = new Map<string, { readonly told: Told; readonly at: number }>();

  function leave(customer: Customer, { kind, feature, ...told }: About & Told): void {
    const { subscriptionId, customerId, userId = '' } = customer;
    const about = `${kind}\n${subscriptionId}\n${customerId}\n${userId}\n${feature}`;
    const at = now();
    const before = written.get(about);
    if (before && isSame(before.told, told) && Math.abs(at - before.at) < TRACE_AGAIN_MS) return;
    const [oldest] = written.keys();
    if (oldest !== undefined && written.size >= TRACES_REMEMBERED) written.delete(oldest);
    written.delete(about);
    written.set(about, { told, at });
    const writing = traces
      .write({ subscriptionId, customerId, userId, kind, feature, ...told })
      .catch((error: unknown) => {
        written.delete(about);
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

function isSame(a: Told, b: Told): boolean {
  return a.offerId === b.offerId && a.why === b.why && a.access === b.access && a.campaignId === b.campaignId;
}

/** What became of the acceptances: read by the customer who waits, reported and listed by the app's backend. */
import { FULFILLMENT_PAGE_SIZE } from '../constants.js';
import type { FulfillmentList, FulfillmentRecord, Outcome } from '../contract.js';
import type { Customer } from '../customer.js';
import { RequestError } from '../errors.js';
import type { Delivery } from '../events/delivery.js';
import type { Outbox } from '../events/outbox.js';
import { toAction } from '../offers/option-action.js';
import type { RedirectRules } from '../redirect.js';
import { isReportable, toOutcome } from './outcome.js';
import type { Progress } from './progress.js';
import type { Fulfillment, FulfillmentFilter, Records } from './records.js';

interface FulfillmentsOptions {
  readonly records: Records;
  readonly progress: Progress;
  readonly outbox: Outbox;
  readonly delivery: Delivery;
  readonly redirects: RedirectRules;
  readonly now: () => number;
}

/** How the app's backend says a fulfillment that it carried out has ended. */
export type Report = { readonly status: 'completed' } | { readonly status: 'failed'; readonly reason: string };

export type Fulfillments = ReturnType<typeof createFulfillments>;

export function createFulfillments({ records, progress, outbox, delivery, redirects, now }: FulfillmentsOptions) {
  /** @throws RequestError `not_found`, also for another customer's; `preview`, because to look would ask Chargebee. */
  async function ofCustomer(customer: Customer, id: string): Promise<Fulfillment> {
    if (customer.preview) throw new RequestError('preview');
    const fulfillment = await records.find(id);
    const isTheirs =
      fulfillment?.customerId === customer.customerId && fulfillment.subscriptionId === customer.subscriptionId;
    if (!isTheirs) throw new RequestError('not_found');
    return fulfillment;
  }

  async function outcome(fulfillment: Fulfillment): Promise<Outcome> {
    return toOutcome(await progress.refreshed(fulfillment), { now: now(), redirects });
  }

  /** For the app's backend. @throws RequestError `not_found`. */
  async function find(id: string): Promise<Fulfillment> {
    const fulfillment = await records.find(id);
    if (!fulfillment) throw new RequestError('not_found', UNKNOWN_TO_BACKEND);
    return fulfillment;
  }

  /**
   * The report is stored when this returns.
   * @returns true if Chargebee has it already, false if it will be told.
   * @throws RequestError `not_reportable`, `already_final`, `upstream_refused`.
   */
  async function report({ id, status, processingType }: Fulfillment, wanted: Report): Promise<boolean> {
    if (id === null || !isReportable(processingType)) throw new RequestError('not_reportable');
    if (status === wanted.status) return true;
    if (status !== 'in_progress') throw new RequestError('already_final');
    const entry = await outbox.addReport({
      queue: id,
      kind: wanted.status,
      reason: wanted.status === 'failed' ? wanted.reason : null,
    });
    if (entry && entry.kind !== wanted.status) throw new RequestError('already_final');
    const result = entry ? await delivery.deliverNow(entry.id) : 'waiting';
    if (result === 'delivered') return true;
    const after = await records.find(id);
    if (after && after.status !== 'in_progress' && after.status !== wanted.status)
      throw new RequestError('already_final');
    if (result === 'dead') throw new RequestError('upstream_refused');
    delivery.wake();
    return after?.status === wanted.status;
  }

  async function list(filter: FulfillmentFilter): Promise<FulfillmentList> {
    const rows = await records.list(filter, FULFILLMENT_PAGE_SIZE + 1);
    const fulfillments = rows.slice(0, FULFILLMENT_PAGE_SIZE).flatMap(toRecord);
    const next = rows.length > FULFILLMENT_PAGE_SIZE ? fulfillments.at(-1)?.id : undefined;
    return { fulfillments, ...(next && { next }) };
  }

  return { find, ofCustomer, outcome, report, list };
}

const UNKNOWN_TO_BACKEND =
  'The proxy has no fulfillment with this id. Send the id of the fulfillment, which GET /fulfillments lists, and not that of its offer.';

function toRecord(row: Fulfillment): FulfillmentRecord[] {
  const { id, status, processingType, offerId, baseOfferId, optionId, customerId, subscriptionId, createdAt } = row;
  if (id === null || processingType === null || status === 'asking' || status === 'unnamed') return [];
  const accepted = { offerId, campaignId: baseOfferId, optionId, action: toAction(processingType) };
  return [{ id, ...accepted, customerId, subscriptionId, processingType, status, createdAt }];
}

/** What the proxy answers the app's backend over HTTP, as functions for a backend in the same process. */
import {
  FailureReport,
  Id,
  Used,
  type EntitlementAnswer,
  type FulfillmentList,
  type ReportAnswer,
} from '../contract.js';
import type { Customer } from '../customer.js';
import type { Report } from '../fulfillments/fulfillments.js';
import { FulfillmentFilter } from '../fulfillments/records.js';
import { knownId, parse } from '../http/input.js';
import { checkedCustomer } from '../identity/host-identity.js';
import type { Wiring } from '../wiring.js';

/** The proxy has stored what the app said. */
export interface ReportedFulfillment extends ReportAnswer {
  /** False while Chargebee does not know it yet. The proxy tells it until Chargebee has it. */
  readonly isDelivered: boolean;
}

export interface FulfillmentsInProcess {
  /** In pages: pass `next` of one as `after` to get the next. */
  list(this: void, filter?: FulfillmentFilter): Promise<FulfillmentList>;
  /** @throws RequestError `not_found`, `not_reportable`, `already_final`, `upstream_refused`. */
  complete(this: void, fulfillmentId: string): Promise<ReportedFulfillment>;
  /** @param reason up to 100 characters, which Chargebee shows. @throws RequestError as `complete`. */
  fail(this: void, fulfillmentId: string, reason: string): Promise<ReportedFulfillment>;
}

interface InProcessDeps {
  readonly entitlements: Pick<Wiring['entitlements'], 'check'>;
  readonly fulfillments: Wiring['fulfillments'];
  /** Is told the name of each field of a customer that was left out or cut. */
  readonly onFlaw: (field: string) => void;
  /** Given each answer under way, so that the store is not closed under it. */
  readonly during: <Answer>(answer: Promise<Answer>) => Promise<Answer>;
}

export function createInProcess({ entitlements, fulfillments, onFlaw, during }: InProcessDeps) {
  async function report(fulfillmentId: string, wanted: Report): Promise<ReportedFulfillment> {
    const fulfillment = await fulfillments.find(knownId(fulfillmentId));
    return { fulfillmentId, ...wanted, isDelivered: await fulfillments.report(fulfillment, wanted) };
  }

  const inProcess: FulfillmentsInProcess = {
    list: async (filter = {}) => during(fulfillments.list(parse(FulfillmentFilter, filter))),
    complete: (fulfillmentId) => during(report(fulfillmentId, { status: 'completed' })),
    fail: async (fulfillmentId, reason) =>
      during(report(fulfillmentId, { status: 'failed', ...parse(FailureReport, { reason }) })),
  };

  async function entitlement(customer: Customer, feature: string, used?: number): Promise<EntitlementAnswer> {
    const usedUp = used === undefined ? undefined : parse(Used, used, 'used');
    return entitlements.check(checkedCustomer(customer, onFlaw), parse(Id, feature, 'The feature'), usedUp);
  }

  return { entitlement, fulfillments: inProcess };
}

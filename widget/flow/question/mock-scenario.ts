/** What `mock` plays: the answers of a proxy, written down. The mock itself is in `developer/`. */
import type { ErrorCode, OfferAnswer, Outcome } from '../../../proxy/contract.js';

/** An answer of the proxy; or a problem, no network, or no answer ever. */
export type MockReply<Body> = Body | { readonly problem: ErrorCode } | 'no_network' | 'silence';

export interface MockScenario {
  /** To the question for an offer. */
  readonly offers: MockReply<OfferAnswer>;
  /** To the acceptance, and then to each question about it: one after the other, the last one for ever. */
  readonly outcomes?: readonly MockReply<Outcome>[];
  /** The level of the customer's entitlement to any feature. */
  readonly level?: string;
  /** The offer is accepted as soon as it is shown, for a look at what follows. */
  readonly isAccepted?: true;
}

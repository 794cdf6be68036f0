/** The states of a flow as a page sees them: to read, never to change. */
import type { Offer as ContractOffer, OfferOption as ContractOption } from '../../proxy/contract.js';
import type { OfferState as FlowState } from '../flow/offer-state.js';

type Snapshot<T> = T extends object ? { readonly [Name in keyof T]: Snapshot<T[Name]> } : T;

export type Offer = Snapshot<ContractOffer>;
export type OfferOption = Snapshot<ContractOption>;

/**
 * All that a page may have to draw, by `status`. Each change makes a new object, and without a change it is the same one.
 * There is something to see in each state that has an `offer`, except in `held`.
 */
export type OfferState = Snapshot<FlowState>;

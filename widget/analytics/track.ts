import type { FailureCode, Offer, OfferOption } from '../../proxy/contract.js';
import type { KnownOutcome } from '../flow/offer-state.js';
import { plainText } from './plain-text.js';
import { TRACKED, type Adapter, type TrackedEvent, type TrackedType, type Tracking } from './tracked-event.js';

/** What an event of the element may have. */
type AnyOfferEvent = Event & {
  readonly offer?: Offer;
  readonly option?: OfferOption;
  readonly optionId?: string;
  readonly outcome?: KnownOutcome;
  readonly code?: FailureCode;
  readonly isPreview?: boolean;
};

/**
 * Hands each event to the adapter, from now until `stop()`. Consent is the page's business: call it once the customer has
 * agreed. A preview for the company's own staff is in no figure.
 * @param target an element, the document for all elements of the page, or a flow of `upgrade-offer/headless`.
 */
export function track(target: EventTarget, adapter: Adapter): Tracking {
  const tracking = new AbortController();
  for (const type of TRACKED) {
    const heard = (event: AnyOfferEvent) => {
      if (!event.isPreview) adapter(read(type, event));
    };
    target.addEventListener(type, heard, { signal: tracking.signal });
  }
  return { stop: () => tracking.abort() };
}

function read(type: TrackedType, event: AnyOfferEvent): TrackedEvent {
  const { offer, option, optionId, outcome, code } = event;
  return {
    type,
    campaignId: offer?.campaignId,
    offerId: offer?.id,
    title: offer && plainText(offer.title),
    layout: layoutOf(event),
    option: option ?? offer?.options.find(({ id }) => id === optionId),
    outcome: outcome?.status,
    code,
  };
}

/** Of the element itself. Its event's target is the host of the component that it is in. */
function layoutOf(event: Event): string | undefined {
  const [source] = event.composedPath();
  return source && 'layout' in source && typeof source.layout === 'string' ? source.layout : undefined;
}

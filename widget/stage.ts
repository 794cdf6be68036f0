/** What the controller lends to those who act for it. */
import type { ReactiveControllerHost } from 'lit';
import type { OfferAnswer } from '../proxy/contract.js';
import type { IfBusy, Layout } from './attributes.js';
import type { Call } from './offer-api.js';
import type { OfferState } from './offer-state.js';
import type { Asker } from './question.js';
import type { Strings } from './strings.js';
import type { OfferView } from './views/offer-view.js';
import type { Wait } from './wait.js';

/** What the controller reads from the element, and where it fires events. */
export interface OfferHost extends ReactiveControllerHost, HTMLElement, Asker {
  readonly lang: string;
  /** Only `show()` asks. */
  readonly manual: boolean;
  readonly layout: Layout;
  readonly ifBusy: IfBusy;
  /** The page's own words. */
  readonly strings: Partial<Strings> | undefined;
}

export interface Stage {
  readonly host: OfferHost;
  readonly call: Call;
  readonly wait: Wait;
  state(): OfferState;
  /** @returns whether that is another state. */
  become(state: OfferState): boolean;
  /** Aborted when the element leaves the page, or asks about something else. */
  visit(): AbortSignal;
  /** Fires an event after the drawing. */
  emit(event: Event): void;
  answer(answer: OfferAnswer): void;
  /** Does what may take its time; what fails there is told to the page, unless `signal` was aborted. */
  attempt(work: () => Promise<void>, signal?: AbortSignal, onFailure?: () => void): Promise<void>;
  load(): Promise<OfferView>;
  /** Asks anew, as a new element would. */
  ask(): void;
  /** Asks anew, and the customer wants to see the offer here and now. */
  show(): Promise<void>;
}

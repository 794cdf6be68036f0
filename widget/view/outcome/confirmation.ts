/** Asks the customer once more before an option charges, in the place of the offer. Nothing is sent before. */
import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import type { OfferState } from '../../flow/offer-state.js';
import type { ConfirmingState, OutcomeNotice } from '../notice.js';
import type { Strings } from '../words/words.js';
import type { WaysOn } from './ways-on.js';

/** A payment card. */
const CARD = 'M3.5 6h17v12h-17Zm0 4.5h17';

interface Asking {
  readonly state: OfferState;
  dismiss(): void;
}

/** Leads to the question and back by keyboard. It leaves its host once the question is answered. */
export class Confirmation implements ReactiveController, EventListenerObject {
  readonly #host: HTMLElement & ReactiveControllerHost;
  readonly #flow: Asking;
  readonly #optionId: string;
  #isAsked = false;

  constructor(host: HTMLElement & ReactiveControllerHost, flow: Asking, { optionId }: ConfirmingState) {
    this.#host = host;
    this.#flow = flow;
    this.#optionId = optionId;
    host.addEventListener('keydown', this);
  }

  handleEvent(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.#flow.state.status !== 'confirming') return;
    // A dialog would be closed, too.
    event.preventDefault();
    this.#flow.dismiss();
  }

  hostUpdated(): void {
    const root = this.#host.shadowRoot;
    const { state } = this.#flow;
    if (state.status === 'confirming') {
      // Neither the first nor the second press of a key that is held may confirm: the focus is on the question.
      if (!this.#isAsked) root?.querySelector('h2')?.focus({ preventScroll: true });
      this.#isAsked = true;
      return;
    }
    this.#host.removeController(this);
    this.#host.removeEventListener('keydown', this);
    if (state.status !== 'offered' || !root?.activeElement) return;
    const buttons = root.querySelectorAll<HTMLElement>('[part~="option"]');
    const index = state.offer.options.findIndex(({ id }) => id === this.#optionId);
    (buttons[index] ?? buttons[0])?.focus({ preventScroll: true });
  }
}

export function confirmNotice(state: ConfirmingState, strings: Strings, ways: WaysOn): OutcomeNotice {
  const { offer, optionId } = state;
  return {
    tone: 'confirm',
    sign: CARD,
    title: strings.confirmingTitle,
    message: costOf(state, ways) || strings.charge,
    subject: offer.title,
    buttons: [
      { kind: 'primary', label: strings.confirm, action: { type: 'accept', optionId } },
      { kind: 'dismiss', label: strings.back, action: { type: 'dismiss' } },
    ],
  };
}

/** What the page says of the price, or else the app's server. */
function costOf({ offer, optionId }: ConfirmingState, { optionNotes, price: said }: WaysOn): string | undefined {
  const { price: noted, note } = optionNotes?.[optionId] ?? {};
  const price = noted || (said ? undefined : offer.options.find(({ id }) => id === optionId)?.price);
  return price && note ? `${price} · ${note}` : price || said;
}

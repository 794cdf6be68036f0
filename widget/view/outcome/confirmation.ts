/** Asks the customer once more before an option charges, in the place of the offer. Nothing is sent before. */
import type { ReactiveController } from '@lit/reactive-element';
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

/** Leads there and back by keyboard. */
export class Confirmation implements ReactiveController {
  readonly #host: HTMLElement;
  readonly #flow: Asking;
  #before: OfferState;

  constructor(host: HTMLElement, flow: Asking) {
    this.#host = host;
    this.#flow = flow;
    this.#before = flow.state;
    host.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || flow.state.status !== 'confirming') return;
      // A dialog would be closed, too.
      event.preventDefault();
      flow.dismiss();
    });
  }

  /** Neither the first nor the second press of a key that is held may confirm: the focus is on the question. */
  hostUpdated(): void {
    const root = this.#host.shadowRoot;
    const [before, now] = [this.#before, this.#flow.state];
    this.#before = now;
    if (!root || now.status === before.status) return;
    if (now.status === 'confirming') root.querySelector('h2')?.focus({ preventScroll: true });
    if (before.status !== 'confirming' || now.status !== 'offered' || !root.activeElement) return;
    const buttons = root.querySelectorAll<HTMLElement>('[part~="option"]');
    const index = now.offer.options.findIndex(({ id }) => id === before.optionId);
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

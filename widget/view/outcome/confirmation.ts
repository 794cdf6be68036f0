/** Asks the customer once more before an option charges, in the place of the offer. Nothing is sent before. */
import type { ReactiveController } from '@lit/reactive-element';
import type { ExtrasHost } from '../extras/extra.js';
import type { OutcomeNotice, UndecidedState } from '../notice.js';
import { en } from '../words/en.js';
import type { SpokenStrings } from '../words/words.js';

/** A payment card. */
const CARD = 'M3.5 6h17v12h-17Zm0 4.5h17';

export class Confirmation implements ReactiveController {
  readonly #host: ExtrasHost;
  #drawn: UndecidedState | undefined;
  #before: UndecidedState | undefined;

  constructor(host: ExtrasHost, flow: { dismiss(): void }) {
    this.#host = host;
    host.addController(this);
    host.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.#drawn?.status !== 'confirming') return;
      // A dialog would be closed, too.
      event.preventDefault();
      flow.dismiss();
    });
  }

  /** Undefined where nothing has to be confirmed. */
  notice(state: UndecidedState, spoken: SpokenStrings): OutcomeNotice | undefined {
    this.#drawn = state;
    return state.status === 'confirming' ? confirmNotice(state, spoken, this.#cost(state)) : undefined;
  }

  hostUpdate(): void {
    this.#before = this.#drawn;
    this.#drawn = undefined;
  }

  /** Neither the first nor the second press of a key that is held may confirm: the focus is on the question. */
  hostUpdated(): void {
    const root = this.#host.shadowRoot;
    const [before, now] = [this.#before, this.#drawn];
    if (!root || now?.status === before?.status) return;
    if (now?.status === 'confirming') root.querySelector('h2')?.focus({ preventScroll: true });
    if (before?.status !== 'confirming' || now?.status !== 'offered' || !root.activeElement) return;
    const buttons = root.querySelectorAll<HTMLElement>('[part~="option"]');
    const index = now.offer.options.findIndex(({ id }) => id === before.optionId);
    (buttons[index] ?? buttons[0])?.focus({ preventScroll: true });
  }

  /** What the page says of the price, or else the app's server. */
  #cost({ offer, optionId }: Extract<UndecidedState, { status: 'confirming' }>): string | undefined {
    const { price: noted, note } = this.#host.optionNotes?.[optionId] ?? {};
    const said = this.#host.querySelector(':scope > [slot=price]')?.textContent?.trim();
    const price = noted || (said ? undefined : offer.options.find(({ id }) => id === optionId)?.price);
    return price && note ? `${price} · ${note}` : price || said;
  }
}

/** @param cost where the page or the app's server knows it. */
export function confirmNotice(
  { offer, optionId }: Extract<UndecidedState, { status: 'confirming' }>,
  spoken: SpokenStrings,
  cost?: string,
): OutcomeNotice {
  const strings = { ...en, ...spoken };
  return {
    tone: 'confirm',
    sign: CARD,
    title: strings.confirmingTitle,
    message: cost || strings.charge,
    subject: offer.title,
    buttons: [
      { kind: 'primary', label: strings.confirm, action: { type: 'accept', optionId } },
      { kind: 'dismiss', label: strings.back, action: { type: 'dismiss' } },
    ],
  };
}

/** Tells the proxy what the customer did with an offer. Without a network, an event waits in this tab until there is one. */
import type { Offer, OfferEventType } from '../../../proxy/contract.js';
import { isShape, isText } from '../question/answers.js';
import { isProxyError } from '../question/proxy-error.js';
import { customerKey } from '../question/question.js';
import type { StateOwner } from '../state-owner.js';
import { forget, keep, recall } from '../tab-storage.js';

interface UnsentEvent {
  readonly offerId: string;
  readonly type: OfferEventType;
}

/** The oldest are dropped first: what a customer did long ago says least about now. */
const KEPT_EVENTS = 20;

export class Reports {
  readonly #owner: StateOwner;
  #sent: Promise<unknown> = Promise.resolve();

  constructor(owner: StateOwner) {
    this.#owner = owner;
  }

  send({ id: offerId }: Offer, type: OfferEventType): void {
    void this.#send({ offerId, type });
  }

  /** Sends what an earlier page could not, one after the other, as it happened. */
  async sendAgain(): Promise<void> {
    for (const event of this.#takeUnsent()) await this.#send(event);
  }

  /** Resolves once the proxy knows everything, or it has to wait for a network. */
  get sent(): Promise<unknown> {
    return this.#sent;
  }

  #send(event: UnsentEvent): Promise<unknown> {
    const sending = this.#owner.attempt(async () => {
      try {
        await this.#post(event);
      } catch (error) {
        if (!isProxyError(error) || error.code !== 'unreachable') throw error;
        keep(this.#unsentName, [...this.#unsent(), event].slice(-KEPT_EVENTS));
        addEventListener('online', () => void this.sendAgain(), { once: true });
      }
    });
    return (this.#sent = Promise.all([this.#sent, sending]));
  }

  /** `POST /offers/:id/events`, kept alive because the last event is often sent while the customer leaves the page. */
  async #post({ offerId, type }: UnsentEvent): Promise<void> {
    await this.#owner.call(['offers', offerId, 'events'], { body: { type }, keepalive: true });
  }

  /** Hands them out once, so that only one of several elements sends them. */
  #takeUnsent(): readonly UnsentEvent[] {
    const events = this.#unsent();
    forget(this.#unsentName);
    return events;
  }

  #unsent(): readonly UnsentEvent[] {
    const kept = recall(this.#unsentName);
    return Array.isArray(kept) ? kept.filter(isUnsent) : [];
  }

  get #unsentName(): string {
    return `unsent ${customerKey(this.#owner.host)}`;
  }
}

function isUnsent(value: unknown): value is UnsentEvent {
  return isShape(value) && isText(value['offerId']) && (value['type'] === 'viewed' || value['type'] === 'dismissed');
}

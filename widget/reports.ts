/** Tells the proxy what the customer did with an offer. Without a network it waits for one. */
import type { Offer, OfferEventType } from '../proxy/contract.js';
import { keepUnsent, takeUnsent, type UnsentEvent } from './backlog.js';
import { post } from './offer-api.js';
import { ProxyError } from './proxy-error.js';
import { ownerOf } from './question.js';
import type { Stage } from './stage.js';

export class Reports {
  readonly #stage: Stage;
  #sent: Promise<unknown> = Promise.resolve();

  constructor(stage: Stage) {
    this.#stage = stage;
    void this.#sendAgain();
  }

  send({ id: offerId }: Offer, type: OfferEventType): void {
    void this.#send({ offerId, type });
  }

  /** Once the proxy knows all of it, or it has to wait for a network. */
  get sent(): Promise<unknown> {
    return this.#sent;
  }

  #send(event: UnsentEvent): Promise<unknown> {
    const sending = this.#stage.attempt(async () => {
      try {
        await this.#post(event);
      } catch (error) {
        if (!(error instanceof ProxyError) || error.code !== 'unreachable') throw error;
        keepUnsent(this.#unsent, event);
        addEventListener('online', () => void this.#sendAgain(), { once: true });
      }
    });
    return (this.#sent = Promise.all([this.#sent, sending]));
  }

  /** `POST /offers/:id/events`, kept alive because the last event is often sent while the customer leaves the page. */
  async #post({ offerId, type }: UnsentEvent): Promise<void> {
    await this.#stage.call(`offers/${encodeURIComponent(offerId)}/events`, { ...post({ type }), keepalive: true });
  }

  /** One after the other, as they happened. */
  async #sendAgain(): Promise<void> {
    for (const event of takeUnsent(this.#unsent)) await this.#send(event);
  }

  get #unsent(): string {
    return `unsent ${ownerOf(this.#stage.host)}`;
  }
}

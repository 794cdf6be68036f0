/**
 * Tells the proxy what the customer did with an offer, in the order in which it happened. What does not get through is sent
 * again, on this page or on the next one of this tab; a dismissal also on the next visit of its customer.
 */
import type { Offer, OfferEventType } from '../../../proxy/contract.js';
import { isText } from '../question/answers.js';
import { pageMemory, type EventQueue } from '../question/page-memory.js';
import { customerKey } from '../question/question.js';
import { isPassing } from '../question/retry.js';
import type { StateOwner } from '../state-owner.js';
import { customerOf, knownToken } from '../question/token.js';
import { forget, keep, recall } from '../storage.js';

/** The oldest are dropped first: what a customer did long ago says least about now. */
const KEPT_EVENTS = 20;

export class Reports {
  readonly #owner: StateOwner;
  readonly #onWaiting: (failure: unknown) => void;

  /** @param onWaiting called when an event did not get through, and has to be sent again later. */
  constructor(owner: StateOwner, onWaiting: (failure: unknown) => void) {
    this.#owner = owner;
    this.#onWaiting = onWaiting;
  }

  /** @param query what else there is to say of it, after a blank. */
  send({ id, preview }: Offer, type: OfferEventType, query = ''): void {
    if (preview) return;
    const event = `${type} ${id}${query}`;
    this.#queue.events.push(event);
    this.#outliveTab(event, [event]);
    this.sendAgain();
  }

  /** Sends what waits. Resolves once the proxy knows it, or does not take it now. */
  sendAgain(): Promise<void> | undefined {
    const queue = this.#queue;
    if (queue.sending) return undefined;
    queue.sending = this.#sendAll(queue).finally(() => (queue.sending = undefined));
    return queue.sending;
  }

  /**
   * The page is left, perhaps with its tab: a dismissal does not wait for the event before it. It stays in the queue, because
   * a second one changes nothing.
   */
  leavePage(): void {
    for (const event of this.#queue.events) {
      if (isDismissal(event)) this.#tell(event).catch(() => {});
    }
  }

  /** What is on its way. */
  get sent(): Promise<void> | undefined {
    return this.#queue.sending;
  }

  /** Whether the customer does not want the offer, and the proxy does not know it yet. */
  isDismissed({ id }: Offer): boolean {
    return this.#queue.events.includes(`dismissed ${id}`);
  }

  /** One after the other, until one has to wait. An event is sent by the customer whom it concerns, or not at all. */
  async #sendAll(queue: EventQueue): Promise<void> {
    while (queue === this.#queue && (await this.#sendNext(queue)));
  }

  /** @returns false if there is none, or it has to wait. */
  async #sendNext(queue: EventQueue): Promise<boolean> {
    const event = queue.events.shift();
    this.#keep(queue);
    if (event === undefined) return false;
    try {
      await this.#tell(event);
    } catch (error) {
      if (isPassing(error)) {
        queue.events.unshift(event);
        this.#keep(queue);
        this.#onWaiting(error);
        return false;
      }
      this.#owner.report(error);
    }
    this.#outliveTab(event, []);
    return true;
  }

  /** `POST /offers/:id/events` */
  #tell(event: string): Promise<unknown> {
    const [type, offerId = '', query] = event.split(' ');
    // Kept alive because the last event is often sent while the customer leaves the page.
    return this.#owner.call(['offers', offerId, 'events'], { body: { type }, query, keepalive: true });
  }

  /** For the next page. Without the event on its way: sent twice, a view would count twice. */
  #keep({ events }: EventQueue): void {
    keepEvents(this.#name, events);
  }

  /**
   * A dismissal is kept until the proxy knows it, because its tab may be closed without a network. Where nobody can tell whose
   * it is, it ends with the tab.
   * @param last kept after those of other tabs.
   */
  #outliveTab(event: string, last: readonly string[]): void {
    if (!isDismissal(event) || !customerOf(knownToken(this.#owner.host))) return;
    const others = keptEvents(this.#name, 'localStorage').filter((each) => each !== event);
    keepEvents(this.#name, others.concat(last), 'localStorage');
  }

  /** One for all elements of the page, so that each event is sent by one of them. */
  get #queue(): EventQueue {
    return (pageMemory().unsent[this.#name] ??= { events: unsentBefore(this.#name) });
  }

  get #name(): string {
    return `unsent ${customerKey(this.#owner.host)}`;
  }
}

function isDismissal(event: string): boolean {
  return event.startsWith('dismissed');
}

/** What an earlier page could not send, each once. */
function unsentBefore(name: string): string[] {
  return [...new Set([...keptEvents(name), ...keptEvents(name, 'localStorage')])];
}

/** Any script of this origin can have written it; the proxy refuses what is no event. */
function keptEvents(name: string, area?: 'localStorage'): string[] {
  const kept = recall(name, area);
  return Array.isArray(kept) ? kept.filter(isText) : [];
}

function keepEvents(name: string, events: readonly string[], area?: 'localStorage'): void {
  if (events.length > 0) keep(name, events.slice(-KEPT_EVENTS), area);
  else forget(name, area);
}

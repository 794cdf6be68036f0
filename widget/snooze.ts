/** "Later", as long as the tab is open: what a page has put off without telling anybody. */
import type { Offer } from '../proxy/contract.js';
import { isShape } from './answers.js';
import { topicOf, type Asker } from './question.js';
import { recall, remember } from './session.js';

export class Snooze {
  readonly #asker: Asker;

  constructor(asker: Asker) {
    this.#asker = asker;
  }

  start({ title }: Offer, durationMs: number): void {
    remember(this.#name, { title, until: Math.min(Date.now() + durationMs, Number.MAX_SAFE_INTEGER) });
  }

  end(): void {
    remember(this.#name);
  }

  /** An offer that is issued anew has another id and the same words. */
  remainingMs({ title }: Offer): number {
    const kept = recall(this.#name);
    return isShape(kept) && kept['title'] === title ? Number(kept['until']) - Date.now() : 0;
  }

  get #name(): string {
    return `snoozed ${topicOf(this.#asker)}`;
  }
}

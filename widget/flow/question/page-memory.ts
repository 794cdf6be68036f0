/**
 * What all elements of one page know together. It hangs on the document, not in a module: a page that loads the script
 * from two addresses has two copies of every module, and each would ask and count on its own. A version that stores
 * something else takes another name, so that two versions on one page do not meet.
 */
import type { Answer } from '../offer-state.js';

export interface PageMemory {
  /** The questions of the last moments, and those that are under way. */
  asked: readonly AskedQuestion[];
  /** The ids of the offers that were seen on this page. */
  readonly seen: Set<string>;
  /** The owner of the modal that is open, or about to open. */
  modal?: object | undefined;
  /** When a key was last pressed, in Unix milliseconds. */
  typedAt: number;
  /** What the proxy has not heard yet, by the customer whom it concerns. */
  readonly unsent: Record<string, EventQueue>;
  /** What it says for all of them. */
  said?: Record<string, unknown> | undefined;
}

export interface EventQueue {
  /** Such as `viewed OFFER`, as they happened, without the one that is on its way. */
  readonly events: string[];
  /** While one is on its way. */
  sending?: Promise<void> | undefined;
}

export interface AskedQuestion {
  readonly key: string;
  /** Tells two customers apart who have no token. */
  readonly getToken: unknown;
  readonly at: number;
  readonly answer: Promise<Answer>;
  /** Of each who waits for it: aborted when they no longer do. */
  readonly signals: AbortSignal[];
}

const KEY = Symbol.for('upgrade-offer/4');

export function pageMemory(): PageMemory {
  const page: Document & { [KEY]?: PageMemory } = document;
  return (page[KEY] ??= { asked: [], seen: new Set(), typedAt: 0, unsent: {} });
}

/** The customer's situation has changed: no later question may reuse an answer from before. */
export function forgetAnswers(): void {
  pageMemory().asked = [];
}

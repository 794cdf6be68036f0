/**
 * What all elements of one page know together. It hangs on the document, not in a module: a page that loads the script from
 * two addresses has two copies of every module, and each would ask and count for itself. A version that stores something
 * else takes another name, so that two versions on one page do not meet.
 */
import type { Answer } from './answers.js';

export interface PageMemory {
  /** The questions of the last moments, those under way among them. */
  asked: readonly AskedQuestion[];
  /** The ids of the offers that were seen on this page. */
  readonly seen: Set<string>;
  /** Whoever has opened a modal, or is about to. */
  modal?: object | undefined;
  /** When a key was pressed last, in Unix milliseconds. */
  typedAt: number;
}

export interface AskedQuestion {
  readonly key: string;
  /** Tells two customers apart where no token does. */
  readonly getToken: unknown;
  readonly at: number;
  readonly answer: Promise<Answer>;
  /** Counts a further element in, until `signal` is aborted. */
  join(signal: AbortSignal): void;
}

const KEY = Symbol.for('upgrade-offer/1');

export function pageMemory(): PageMemory {
  const page: Document & { [KEY]?: PageMemory } = document;
  return (page[KEY] ??= { asked: [], seen: new Set(), typedAt: 0 });
}

/** What a page says once for all its elements and headless flows. An element's own attribute or property beats it. */
import type { Backdrop, IfBusy } from './flow/layout.js';
import { pageMemory } from './flow/question/page-memory.js';
import { CONFIGURED } from './flow/offer-flow.js';
import type { MockScenario } from './flow/question/mock-scenario.js';
import type { OptionNotes } from './view/extras/extra.js';
import type { Strings } from './view/words/words.js';

/** Each means what the element's property of that name means. A headless flow takes what is not about drawing. */
export interface PageDefaults {
  readonly proxy?: string | undefined;
  readonly token?: string | undefined;
  readonly getToken?: (() => Promise<string>) | undefined;
  /** The language of the offers, whatever language surrounds them. */
  readonly lang?: string | undefined;
  readonly strings?: Partial<Strings> | undefined;
  readonly optionNotes?: OptionNotes | undefined;
  readonly ifBusy?: IfBusy | undefined;
  readonly backdrop?: Backdrop | undefined;
  readonly doneHref?: string | undefined;
  readonly paymentHref?: string | undefined;
  readonly supportHref?: string | undefined;
  readonly mock?: string | MockScenario | undefined;
}

type Said = Record<string, unknown> & PageDefaults;

/**
 * Says for the whole page what its elements and headless flows do not say themselves. What is left out stays as it is, and
 * `undefined` takes it back. They draw a change at once, and ask the proxy again where it makes another question. A server
 * that renders the page remembers nothing: it has many customers.
 */
export function configure(defaults: PageDefaults): void {
  if (!globalThis.document) return;
  const said = Object.assign(pageDefaults(), defaults);
  // It says in the console which of it makes no sense, and takes that out.
  void import('./developer/defaults.js').then(({ check }) => check(said));
  dispatchEvent(new Event(CONFIGURED));
}

export function pageDefaults(): Said {
  return (pageMemory().said ??= {});
}

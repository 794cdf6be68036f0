/**
 * What a page says once for all its elements and headless flows: with `configure()`, or in `<meta name="upgrade-offer">`. An
 * element's own attribute or property beats it.
 */
import type { Backdrop, IfBusy } from './flow/layout.js';
import { pageMemory } from './flow/question/page-memory.js';
import { CONFIGURED } from './flow/offer-flow.js';
import type { MockScenario } from './flow/question/mock-scenario.js';
import type { GetToken } from './flow/question/token.js';
import type { OptionNotes } from './view/extras/extra.js';
import type { Strings } from './view/words/words.js';

/** Each means what the element's property of that name means. A headless flow takes what is not about drawing. */
export interface PageDefaults {
  readonly proxy?: string | undefined;
  readonly token?: string | undefined;
  readonly getToken?: GetToken | undefined;
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
  check(Object.assign(pageDefaults(), defaults));
  tell();
}

/** The meta is read once, when the first element or flow asks for it. */
export function pageDefaults(): Said {
  return (pageMemory().said ??= readMeta());
}

/** Its `content` is `name=value` with commas between them, as in that of a viewport. The names are those of attributes. */
function readMeta(): Said {
  const said: Said = {};
  const meta = document.querySelector<HTMLMetaElement>('meta[name=upgrade-offer]');
  for (const pair of meta?.content.split(',') ?? []) {
    const [name, ...value] = pair.trim().split(/\s*=\s*/);
    said[String(name).replace(/-./g, (dash) => dash.charAt(1).toUpperCase())] = value.join('=');
  }
  return meta ? check(said) : said;
}

/** Fetches what says in the console which of it makes no sense, and takes that out. */
function check(said: Said): Said {
  void import('./developer/defaults.js').then(({ checkDefaults }) => checkDefaults(said)).then(tell);
  return said;
}

function tell(): void {
  dispatchEvent(new Event(CONFIGURED));
}

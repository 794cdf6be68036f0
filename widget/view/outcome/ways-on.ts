/** What the page itself adds to a notice: what an option costs, and where it leads a customer after the acceptance. */
import type { OptionNotes } from '../extras/extra.js';
import type { Strings } from '../words/words.js';

/** Absolute addresses. */
export interface WaysOn {
  readonly done?: string | undefined;
  /** The page has its own element for it, which comes before the address. */
  readonly hasDoneSlot?: boolean;
  readonly payment?: string | undefined;
  readonly support?: string | undefined;
  /** The page's own words. What it says of an outcome is said with and without a way to support. */
  readonly ownWords?: Partial<Strings> | undefined;
  readonly optionNotes?: OptionNotes | undefined;
  /** What it says in the slot of the price. */
  readonly price?: string | undefined;
}

/** The element, as far as its page leads on. */
export interface Leading extends HTMLElement {
  readonly doneHref: string | undefined;
  readonly paymentHref: string | undefined;
  readonly supportHref: string | undefined;
  readonly strings: Partial<Strings> | undefined;
  readonly optionNotes: OptionNotes | undefined;
}

const ignored = new Set<unknown>();

export function waysOn(host: Leading): WaysOn {
  return {
    done: readLink('done-href', host.doneHref),
    hasDoneSlot: [...host.children].some(({ slot }) => slot === 'done'),
    payment: readLink('payment-href', host.paymentHref),
    support: readLink('support-href', host.supportHref, ['mailto:']),
    ownWords: host.strings,
    optionNotes: host.optionNotes,
    price: host.querySelector(':scope > [slot=price]')?.textContent?.trim(),
  };
}

/** What is no address of the web, or could run a script, is ignored. The console says so once. */
function readLink(attribute: string, value: unknown, alsoTakes: readonly string[] = []): string | undefined {
  if (value === undefined || value === null) return undefined;
  const url = typeof value === 'string' && URL.canParse(value, document.baseURI) && new URL(value, document.baseURI);
  if (url && ['https:', 'http:', ...alsoTakes].includes(url.protocol)) return url.href;
  if (!ignored.has(value))
    void import('../../developer/ignored.js').then(({ sayIgnored }) => sayIgnored(attribute, value));
  ignored.add(value);
  return undefined;
}

/** What a page says to a flow without the element. For what is absent, the page may have a default: `configure()`. */
import type { Context } from '../../proxy/contract.js';
import type { Layout } from '../flow/layout.js';
import type { MockScenario } from '../flow/question/mock-scenario.js';
import type { GetToken } from '../flow/question/token.js';

export interface OfferOptions {
  /** The proxy's base URL, absolute or relative to the page; `/upgrade-offer` when absent. */
  readonly proxy?: string | undefined;
  /** A JWT of the app's backend that says who the customer is. */
  readonly token?: string | undefined;
  /**
   * Brings a fresh token: called when there is none, once more when the proxy refuses the one there is, and by
   * `refresh()`. Where nobody is signed in, it brings nothing, and nothing is asked. Another function may speak for another customer, so it is called at once: keep the same one.
   */
  readonly getToken?: GetToken | undefined;
  /** The id of the gated feature. Without it, only an offer is asked for. */
  readonly feature?: string | undefined;
  /** How much of the feature is used up, in the feature's own unit. */
  readonly used?: number | undefined;
  /** Custom fields for Chargebee's audiences. */
  readonly context?: Context | undefined;
  /** Ask only when `show()` is called. */
  readonly manual?: boolean | undefined;
  /** An option that charges at once waits in the state `confirming` for a second `accept()`. */
  readonly confirm?: boolean | undefined;
  /**
   * How the page draws the offer; `inline` when absent. A `modal` waits while the customer types, is in full screen or has
   * another dialog open. There is one `modal` or `corner` at a time.
   */
  readonly layout?: Layout | undefined;
  /** The language of the page around the offer; the document's when absent. */
  readonly lang?: string | undefined;
  /** A fixture that answers in the proxy's place, as the element's `mock`. */
  readonly mock?: string | MockScenario | undefined;
}

/** A page that draws offers itself: it uses the flow without the element. */
import type { Layout } from '../../widget/flow/layout.js';
import type { OfferHost } from '../../widget/flow/state-owner.js';
import type { TestCustomer } from './customer.js';
import { stack } from './widget-words.js';

/** What any renderer of its own brings: its settings, and a place where events are heard. */
export class OwnPage extends EventTarget implements OfferHost {
  readonly proxy = stack.proxyUrl;
  token: string | undefined;
  getToken: (() => Promise<string>) | undefined;
  readonly used = undefined;
  readonly lang = 'en';
  readonly layout: Layout = 'inline';
  readonly ifBusy = 'wait';
  readonly manual = false;
  readonly updateComplete = Promise.resolve();
  feature: string | undefined;
  context: Record<string, number> | undefined;

  constructor({ token }: TestCustomer, feature: string | undefined) {
    super();
    this.token = token;
    this.feature = feature;
    // No test may leave the page that runs it.
    for (const type of ['offer-redirect', 'offer-checkout']) {
      this.addEventListener(type, (event) => event.preventDefault());
    }
  }
}

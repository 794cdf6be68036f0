/** Puts the element on the page as an app would, for one customer of the shared stack. */
import { fixture, oneEvent } from '@open-wc/testing/pure';
import { html, nothing } from 'lit';
import { inject } from 'vitest';
import type { KnownOutcome } from '../../widget/flow/offer-state.js';
import type { GetToken } from '../../widget/flow/question/token.js';
import type { OfferEventMap, UpgradeOffer } from '../../widget/index.js';
import '../../widget/define.js';
import type { TestCustomer } from './customer.js';
import { isCallTo } from './page-network.js';

export interface Placing {
  readonly customer?: TestCustomer;
  readonly token?: string;
  readonly getToken?: GetToken;
  readonly proxy?: string;
  readonly feature?: string;
  readonly layout?: string;
  readonly context?: Record<string, number>;
  readonly manual?: boolean;
  readonly ifBusy?: string;
  readonly backdrop?: string;
}

/** The element with a feature in its slots. Resolves after the first render, before any answer. */
export async function place(placing: Placing): Promise<UpgradeOffer> {
  const { customer, token = customer?.token, getToken, proxy = inject('stack').proxyUrl, ...attributes } = placing;
  const { feature, layout, context, manual = false, ifBusy, backdrop } = attributes;
  return fixture<UpgradeOffer>(html`
    <upgrade-offer
      .proxy=${proxy}
      .token=${token}
      .getToken=${getToken}
      .feature=${feature}
      layout=${layout ?? nothing}
      .context=${context}
      ?manual=${manual}
      if-busy=${ifBusy ?? nothing}
      backdrop=${backdrop ?? nothing}
    >
      <p slot="unlocked">The reports</p>
      <p slot="locked">Not in your plan</p>
    </upgrade-offer>
  `);
}

/** Resolves with the element once the event has fired. The listener is added before the element is on the page. */
export async function placeUntil<K extends keyof OfferEventMap>(
  type: K,
  placing: Placing,
): Promise<{ element: UpgradeOffer; event: OfferEventMap[K] }> {
  const happened = oneEvent(document.body, type);
  const element = await place(placing);
  return { element, event: await happened };
}

/** Accepts, and leaves the page as a navigation would. */
export async function acceptAndLeave(placing: Placing): Promise<KnownOutcome> {
  const { element } = await placeUntil('offer-ready', placing);
  const accepted = oneEvent(element, 'offer-accepted');
  await element.accept();
  const { outcome } = await accepted;
  element.remove();
  return outcome;
}

/** How often the proxy was called at a path with this ending, according to a spy of `fetch`. */
export function callsTo(spy: { mock: { calls: unknown[][] } }, path: string): number {
  return spy.mock.calls.filter(([url]) => isCallTo(url, path)).length;
}

/**
 * The page where a customer of the sandbox pays, cancels or leaves.
 * Opened with `?redirect_url=`, it redirects there afterwards with `id` and `state`, as Chargebee's hosted pages do.
 * Whether a Growth checkout takes such a URL is not documented; without one it has a link back to the app, which says the same.
 */
import { html } from 'hono/html';
import type { Checkout } from '../checkouts.js';
import { page } from './page.js';
import { backLink, webUrl } from './way-back.js';

const ENDINGS = {
  succeeded: 'Paid.',
  cancelled: 'Cancelled. Nothing was charged.',
  expired: 'This checkout page has expired.',
};

export interface CheckoutPageModel {
  readonly checkout: Checkout;
  readonly isOpen: boolean;
  /** Where the app is that the customer came from. */
  readonly back: string | undefined;
}

export function checkoutPage({ checkout, isOpen, back }: CheckoutPageModel) {
  const { state, fulfillment } = checkout;
  const ending = state === 'succeeded' || state === 'cancelled' ? state : 'expired';
  return page({
    title: 'Checkout',
    body: html`<section class="card checkout">
      <h1>Checkout</h1>
      ${
        isOpen
          ? html`<p class="lead">
                <strong>${fulfillment.option.label}</strong><br />${fulfillment.offer.play.name}, for customer
                <code>${fulfillment.offer.customer_id}</code>. This is the sandbox: nothing is charged.
              </p>
              <form method="post" class="buttons">
                <button class="primary" name="choice" value="pay">Pay</button>
                <button name="choice" value="cancel">Cancel</button>
                ${back === undefined ? '' : html`<input type="hidden" name="back" value="${back}" />`}
              </form>
              <p class="lead small quiet">
                ${backLink(back, 'Leave without paying')}${back === undefined ? 'You can leave without paying' : ''}:
                this page stays open for three hours. Then the checkout counts as abandoned.
              </p>`
          : html`<p class="lead" role="status">${ENDINGS[ending]}</p>
              <p class="lead">
                ${back === undefined ? 'You can close this page.' : backLink(returnUrl(checkout, back))}
              </p>`
      }
    </section>`,
  });
}

/** The URL to return to, when the page was given one that starts with http. */
export function returnUrl({ id, state }: Checkout, redirectUrl?: string): string | undefined {
  const url = webUrl(redirectUrl);
  url?.searchParams.set('id', id);
  url?.searchParams.set('state', state);
  return url?.href;
}

/**
 * The page on which a customer of the sandbox pays or cancels: two plain forms.
 * Opened with `?redirect_url=`, it leads back there afterwards with `id` and `state`, as Chargebee's hosted pages do.
 * Whether a checkout of Growth can be given such a URL is not documented.
 */
import { html } from 'hono/html';
import type { Checkout } from './checkouts.js';
import { page } from './page.js';

const ENDINGS = {
  succeeded: 'Paid. You can close this page.',
  cancelled: 'Cancelled. Nothing was charged.',
  expired: 'This checkout page has expired.',
};

export function checkoutPage(checkout: Checkout, isOpen: boolean) {
  const { state, fulfillment } = checkout;
  const ending = state === 'succeeded' || state === 'cancelled' ? state : 'expired';
  return page(
    'Checkout',
    html`<main>
      <h1>Checkout</h1>
      ${
        isOpen
          ? html`<p class="lead">
                ${fulfillment.offer.play.name}, for customer <code>${fulfillment.offer.customer_id}</code>. This is the
                sandbox: no money moves.
              </p>
              <form method="post">
                <p class="lead">
                  <button class="primary" name="choice" value="pay">Pay</button>
                  <button name="choice" value="cancel">Cancel</button>
                </p>
              </form>`
          : html`<p class="lead" role="status">${ENDINGS[ending]}</p>`
      }
    </main>`,
  );
}

/** Where the page was asked to lead back to, if to the web at all. */
export function returnUrl({ id, state }: Checkout, redirectUrl = ''): string | undefined {
  if (!/^https?:/.test(redirectUrl) || !URL.canParse(redirectUrl)) return undefined;
  const url = new URL(redirectUrl);
  url.searchParams.set('id', id);
  url.searchParams.set('state', state);
  return url.href;
}

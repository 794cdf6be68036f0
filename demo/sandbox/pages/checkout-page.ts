/**
 * The page where a customer of the sandbox pays, cancels or leaves.
 * Opened with `?redirect_url=`, it redirects there afterwards with `id` and `state`, as Chargebee's hosted pages do.
 * Whether a Growth checkout takes such a URL is not documented.
 */
import { html } from 'hono/html';
import type { Checkout } from '../checkouts.js';
import { page } from './page.js';

const ENDINGS = {
  succeeded: 'Paid. You can close this page.',
  cancelled: 'Cancelled. Nothing was charged.',
  expired: 'This checkout page has expired.',
};

export function checkoutPage(checkout: Checkout, isOpen: boolean, redirectUrl?: string) {
  const { state, fulfillment } = checkout;
  const ending = state === 'succeeded' || state === 'cancelled' ? state : 'expired';
  const back = webUrl(redirectUrl)?.href;
  return page({
    title: 'Checkout',
    body: html`<section class="card checkout">
      <h1>Checkout</h1>
      ${
        isOpen
          ? html`<p class="lead">
                <strong>${fulfillment.option.label}</strong><br />${fulfillment.offer.play.name}, for customer
                <code>${fulfillment.offer.customer_id}</code>. This is the sandbox: no money moves.
              </p>
              <form method="post" class="buttons">
                <button class="primary" name="choice" value="pay">Pay</button>
                <button name="choice" value="cancel">Cancel</button>
              </form>
              <p class="lead small quiet">
                Or just leave${back ? html`, <a href="${back}">back to the app</a>` : ''}. The page stays open for three
                hours; after that the checkout counts as abandoned.
              </p>`
          : html`<p class="lead" role="status">${ENDINGS[ending]}</p>`
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

function webUrl(text = ''): URL | undefined {
  return /^https?:/.test(text) && URL.canParse(text) ? new URL(text) : undefined;
}

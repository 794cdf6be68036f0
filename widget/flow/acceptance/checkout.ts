/** Opens Chargebee's checkout over the page, where the page has Chargebee.js and the option asks for it. */
import type { HostedPage, Outcome } from '../../../proxy/contract.js';
import { isShape } from '../question/answers.js';

/** The part of Chargebee.js that is used. */
interface ChargebeeInstance {
  openCheckout(options: {
    hostedPage: () => Promise<HostedPage>;
    success?: () => void;
    close?: () => void;
    error?: () => void;
  }): unknown;
}

/**
 * @param onClosed told whether the customer has paid.
 * @returns whether it is open. If not, the browser has to go to the hosted page.
 */
export function openCheckout(
  { layout, hostedPage, url }: Extract<Outcome, { status: 'checkout' }>,
  onClosed: (isPaid: boolean) => void,
): boolean {
  const chargebee = layout === 'in_app' ? instance() : undefined;
  if (!chargebee) return false;
  let isPaid = false;
  try {
    chargebee.openCheckout({
      hostedPage: async () => hostedPage,
      success: () => (isPaid = true),
      close: () => onClosed(isPaid),
      error: () => location.assign(url),
    });
    return true;
  } catch (error) {
    console.warn('<upgrade-offer> Failed to open the checkout with Chargebee.js. It goes to the hosted page.', error);
    return false;
  }
}

/** Where the page has loaded Chargebee.js and called its `init`. */
function instance(): ChargebeeInstance | undefined {
  const chargebee: unknown = Reflect.get(window, 'Chargebee');
  if (!isShape(chargebee) || typeof chargebee['getInstance'] !== 'function') return undefined;
  try {
    const found: unknown = chargebee['getInstance']();
    return isInstance(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isInstance(value: unknown): value is ChargebeeInstance {
  return isShape(value) && typeof value['openCheckout'] === 'function';
}

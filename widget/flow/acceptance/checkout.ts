/**
 * Chargebee's checkout over the page, where the page has Chargebee.js. On phones Chargebee.js opens a window, which browsers
 * allow within a click only. So it is opened at once, and gets its page later:
 * https://www.chargebee.com/docs/js/cbinstanceobj-api-ref
 */
import type { HostedPage } from '../../../proxy/contract.js';

/** The part of Chargebee.js that is used. */
export interface ChargebeeJs {
  openCheckout(options: {
    hostedPage: () => Promise<HostedPage>;
    loaded: () => void;
    step: () => void;
    success: () => void;
    close: () => void;
    error: () => void;
  }): void;
  closeAll(): void;
}

/** How it has ended. `failed`: Chargebee.js cannot show it. */
export type CheckoutEnd = 'paid' | 'closed' | 'failed';

/** A checkout that is open. It is empty until its page is there. */
export interface Checkout {
  /** False as long as the customer may see nothing of it: a browser can block a window without a word. */
  readonly isSeen: boolean;
  /** Resolves also if it has ended before; never after `close`. */
  readonly end: Promise<CheckoutEnd>;
  close(): void;
}

/**
 * To be called within the click.
 * @param page rejects if there is no page to show.
 * @returns undefined if the page has no Chargebee.js, has not called its `init`, or the browser has blocked its window.
 */
export function openCheckout(page: Promise<HostedPage>): Checkout | undefined {
  const { promise: end, resolve: ends } = Promise.withResolvers<CheckoutEnd>();
  let isSeen = false;
  let isClosed = false;
  const see = () => void (isSeen = true);
  const endAs = (how: CheckoutEnd) => {
    if (!isClosed) ends(how);
    // What follows a payment is its thank-you page.
    isClosed = true;
  };
  try {
    const chargebee: unknown = Reflect.get(window, 'Chargebee')?.getInstance();
    if (!isChargebeeJs(chargebee)) return undefined;
    chargebee.openCheckout({
      async hostedPage() {
        const hostedPage = await page;
        if (isClosed) throw new Error('closed');
        return hostedPage;
      },
      loaded: see,
      step: see,
      success: () => endAs('paid'),
      close: () => endAs('closed'),
      error: () => endAs('failed'),
    });
    return {
      get isSeen() {
        return isSeen;
      },
      end,
      close() {
        isClosed = true;
        chargebee.closeAll();
      },
    };
  } catch (error) {
    console.warn('<upgrade-offer> Failed to open the checkout with Chargebee.js:', error);
    return undefined;
  }
}

function isChargebeeJs(value: unknown): value is ChargebeeJs {
  return typeof value === 'object' && value !== null && 'openCheckout' in value;
}

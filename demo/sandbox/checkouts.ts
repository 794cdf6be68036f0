/**
 * Hosted checkout pages: the resource that Chargebee Billing keeps for each, and how one is paid or cancelled.
 * The page itself is `checkout-page.ts`. A page expires three hours after it was created, as Chargebee's do.
 */
import { notFound } from './api-error.js';
import { CHECKOUT_LIFETIME_MS, type Fulfillment, type Fulfillments } from './fulfillments.js';
import { subscriptionContent } from './subscription-content.js';

type State = 'created' | 'requested' | 'succeeded' | 'cancelled';

export interface Checkout {
  readonly id: string;
  readonly fulfillment: Fulfillment;
  readonly url: string;
  readonly state: State;
}

export interface Checkouts {
  /** @param origin where the page will be served. */
  create(fulfillment: Fulfillment, origin: string): Checkout;
  /** @throws ApiError `resource_not_found`. */
  find(id: string): Checkout;
  /** Not yet paid, cancelled or expired. */
  isOpen(checkout: Checkout): boolean;
  visit(id: string): Checkout;
  /** Has no effect on a page that is no longer open. */
  pay(id: string): Checkout;
  /** Has no effect on a page that is no longer open. */
  cancel(id: string): Checkout;
}

export type HostedPage = ReturnType<typeof hostedPage>;

export function createCheckouts(fulfillments: Fulfillments): Checkouts {
  const checkouts = new Map<string, Checkout>();

  const find = (id: string) => {
    const checkout = checkouts.get(id);
    if (!checkout) throw notFound('Hosted page', id, 'hosted_page_id');
    return checkout;
  };

  const isOpen = ({ state, fulfillment: { id } }: Checkout) =>
    (state === 'created' || state === 'requested') && fulfillments.statusOf(fulfillments.find(id)) === 'in_progress';

  const move = (id: string, state: State, effect?: (fulfillmentId: string) => void) => {
    const checkout = find(id);
    if (!isOpen(checkout)) return checkout;
    effect?.(checkout.fulfillment.id);
    const moved = { ...checkout, state };
    checkouts.set(id, moved);
    return moved;
  };

  return {
    create(fulfillment, origin) {
      const id = `hp_${crypto.randomUUID().replaceAll('-', '')}`;
      const checkout = { id, fulfillment, url: `${origin}/pages/v4/${id}`, state: 'created' } as const;
      checkouts.set(id, checkout);
      return checkout;
    },
    find,
    isOpen,
    visit: (id) => move(id, 'requested'),
    pay: (id) => move(id, 'succeeded', fulfillments.pay),
    cancel: (id) => move(id, 'cancelled', fulfillments.abandon),
  };
}

/**
 * A checkout as Chargebee writes it. Times in seconds. Chargebee's OpenAPI document requires `content`, which names what was
 * bought once the page has succeeded, and makes `layout` optional.
 */
export function hostedPage({ id, url, state, fulfillment }: Checkout, hasLayout: boolean) {
  const { at, option, offer } = fulfillment;
  return {
    id,
    type: 'checkout_existing',
    url,
    state,
    embed: false,
    ...(hasLayout && { layout: option.processing_layout ?? 'full_page' }),
    created_at: Math.floor(at / 1000),
    expires_at: Math.floor((at + CHECKOUT_LIFETIME_MS) / 1000),
    content: state === 'succeeded' ? subscriptionContent(offer, 'active', at) : {},
    object: 'hosted_page',
  };
}

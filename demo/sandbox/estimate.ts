/**
 * The answer to "Estimate for updating a subscription": what the item prices of the request cost together, for a whole term.
 * In a trial, the invoice comes later: then it is the next one. Pure.
 */
import { ApiError } from './api-error.js';
import { DAY_MS } from './durations.js';
import { itemPrice, type ItemPrice } from './item-prices.js';
import type { SubscriptionEstimateParameters } from './parameters.js';
import type { SubscriptionStatus } from './subscription-status.js';
import type { Subject } from './subscriptions.js';

/** The currency of a subscription, if the request names no item price. */
const CURRENCY = 'USD';

const TERM_SECONDS = (30 * DAY_MS) / 1000;

interface Item {
  readonly price: ItemPrice;
  readonly quantity: number;
}

/** @param at in Unix milliseconds. @throws ApiError for an unknown item price, and for two currencies. */
export function estimateContent(
  { customer_id, subscription_id }: Subject,
  status: SubscriptionStatus,
  { subscription_items }: Pick<SubscriptionEstimateParameters, 'subscription_items'>,
  at: number,
) {
  const items = subscription_items.map(({ item_price_id, quantity }, index) => ({
    price: itemPrice(item_price_id, paramOf(index)),
    quantity,
  }));
  const currency = items[0]?.price.currency ?? CURRENCY;
  const foreign = items.findIndex(({ price }) => price.currency !== currency);
  if (foreign !== -1) {
    throw new ApiError('invalid_request', `${paramOf(foreign)} : has another currency`, paramOf(foreign));
  }
  const seconds = Math.floor(at / 1000);
  const invoice = invoiceEstimate(customer_id, currency, items, seconds);
  return {
    estimate: {
      created_at: seconds,
      object: 'estimate',
      subscription_estimate: { id: subscription_id, currency_code: currency, status, object: 'subscription_estimate' },
      ...(items.length > 0 && { [status === 'in_trial' ? 'next_invoice_estimate' : 'invoice_estimate']: invoice }),
    },
  };
}

function invoiceEstimate(customer_id: string, currency_code: string, items: readonly Item[], seconds: number) {
  const total = items.reduce((sum, { price, quantity }) => sum + price.unitAmount * quantity, 0);
  return {
    recurring: true,
    price_type: 'tax_exclusive',
    currency_code,
    customer_id,
    date: seconds,
    sub_total: total,
    total,
    credits_applied: 0,
    amount_paid: 0,
    amount_due: total,
    round_off_amount: 0,
    line_items: items.map((item, index) => lineItem(item, index, seconds)),
    object: 'invoice_estimate',
  };
}

function lineItem({ price, quantity }: Item, index: number, seconds: number) {
  return {
    id: `li_${index + 1}`,
    date_from: seconds,
    date_to: seconds + TERM_SECONDS,
    unit_amount: price.unitAmount,
    quantity,
    amount: price.unitAmount * quantity,
    pricing_model: 'per_unit',
    is_taxed: false,
    description: price.name,
    entity_type: `${price.type}_item_price`,
    entity_id: price.id,
    object: 'line_item',
  };
}

function paramOf(index: number): string {
  return `subscription_items[item_price_id][${index}]`;
}

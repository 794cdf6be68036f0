/** The item prices of the site, for estimates. The sandbox sells nothing by them: it has no plans and no addons. */
import { notFound } from './api-error.js';

export interface ItemPrice {
  readonly id: string;
  readonly name: string;
  readonly type: 'plan' | 'addon';
  readonly currency: string;
  /** Of one, in Chargebee's "cents": a hundredth of USD and HUF, a whole yen. */
  readonly unitAmount: number;
}

const ITEM_PRICES: readonly ItemPrice[] = [
  { id: 'pro-USD-Monthly', name: 'Pro', type: 'plan', currency: 'USD', unitAmount: 4900 },
  {
    id: 'advanced-analytics-USD-Monthly',
    name: 'Advanced Analytics',
    type: 'addon',
    currency: 'USD',
    unitAmount: 1900,
  },
  { id: 'storage-100gb-USD-Monthly', name: '100 GB storage', type: 'addon', currency: 'USD', unitAmount: 1250 },
  { id: 'storage-100gb-EUR-Monthly', name: '100 GB storage', type: 'addon', currency: 'EUR', unitAmount: 1250 },
  { id: 'storage-100gb-JPY-Monthly', name: '100 GB storage', type: 'addon', currency: 'JPY', unitAmount: 1500 },
  { id: 'storage-100gb-HUF-Monthly', name: '100 GB storage', type: 'addon', currency: 'HUF', unitAmount: 450_050 },
];

/** @param param where the id stands in the request. @throws ApiError `resource_not_found`. */
export function itemPrice(id: string, param: string): ItemPrice {
  const found = ITEM_PRICES.find((each) => each.id === id);
  if (!found) throw notFound('Item price', id, param);
  return found;
}

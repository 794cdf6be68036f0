/** What a change of a subscription would cost, as Chargebee computes it. */

/** The change: what the option adds to the subscription, or puts in the place of its plan. */
export interface SubscriptionChange {
  /** Ids of item prices in Chargebee Billing, such as `storage-100gb-USD-Monthly`. Of each there is one, if not said. */
  readonly itemPrices: readonly { readonly id: string; readonly quantity?: number }[];
}

export interface Money {
  /**
   * In the smallest unit as Chargebee counts it: the whole unit of a currency without decimals, such as JPY, and a hundredth
   * of every other. https://apidocs.chargebee.com/docs/api/currencies
   */
  readonly amount: number;
  /** ISO 4217, such as `USD`. */
  readonly currency: string;
}

/** https://apidocs.chargebee.com/docs/api/estimates/estimate-for-updating-a-subscription */
export interface Estimate {
  /** What an invoice would charge now, after credits. 0 if the change makes none. */
  readonly dueNow: Money;
  /** The next invoice. Chargebee tells it only where there is none now, as in a trial. */
  readonly next?: Money;
}

/** The ready-made `price`: what Chargebee estimates for the item prices that an option adds. */
import type { Estimate, SubscriptionChange } from '../chargebee/estimate.js';
import { moneyText } from './money-text.js';
import type { Price } from './prices.js';

export interface EstimatedPriceOptions {
  /**
   * By the id of the campaign, which is Growth's id of the offer: what its option changes, or what each of its options does, by
   * their ids. Others have no price.
   */
  readonly campaigns: Readonly<
    Record<string, SubscriptionChange | { readonly options: Readonly<Record<string, SubscriptionChange>> }>
  >;
  /**
   * The text, in your words. Default: the amount that is due now, or no text where nothing is, because a bare 0 would read as
   * free of charge.
   * @param locale the language of the page, or `en` if it names none that `Intl` knows.
   */
  readonly say?: (estimate: Estimate, locale: string) => string | undefined;
}

export function estimatedPrice({ campaigns, say = sayDueNow }: EstimatedPriceOptions): Price {
  const changes = new Map(Object.entries(campaigns));

  function changeBy(campaignId: string | undefined, optionId: string): SubscriptionChange | undefined {
    const campaign = changes.get(campaignId ?? '');
    if (!campaign || 'itemPrices' in campaign) return campaign;
    return new Map(Object.entries(campaign.options)).get(optionId);
  }

  return async function price(offer, option, _customer, { locale, estimate }) {
    const change = changeBy(offer.campaignId, option.id);
    return change && say(await estimate(change), languageOf(locale));
  };
}

function sayDueNow({ dueNow }: Estimate, locale: string): string | undefined {
  return dueNow.amount > 0 ? moneyText(dueNow, locale) : undefined;
}

/** Without this, `Intl` would take the language of the machine for one that it does not know. */
function languageOf(locale: string | undefined): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale ?? [])[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** An amount of Chargebee as a customer reads it. */
import type { Money } from '../chargebee/estimate.js';

/**
 * The currencies that ISO 4217 gives no decimals; Chargebee goes by it, and counts all others in hundredths. `Intl` cannot
 * tell: it shows what people usually write, which for HUF and IDR has no decimals either.
 * https://apidocs.chargebee.com/docs/api/currencies
 */
const WITHOUT_DECIMALS = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '));

/** @param locale such as `de-AT`. @throws RangeError for one that is not well-formed. */
export function moneyText({ amount, currency }: Money, locale: string): string {
  const value = WITHOUT_DECIMALS.has(currency) ? amount : amount / 100;
  // Nothing of an amount may be rounded off.
  const decimals = Number.isInteger(value) ? {} : { minimumFractionDigits: 2 };
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...decimals }).format(value);
}

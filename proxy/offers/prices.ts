/**
 * What an option costs this customer, as the app's own `price` says it. Asked only where a click charges. An offer waits a moment
 * for it at most, and is shown without a price if none comes.
 */
import {
  PRICE_FAILURE_KEPT_MS,
  PRICE_KEPT_MS,
  PRICE_MAX_CHARACTERS,
  PRICE_PATIENCE_MS,
  PRICES_KEPT,
} from '../constants.js';
import type { Offer, OfferOption } from '../contract.js';
import type { Customer } from '../customer.js';
import type { Log } from '../log.js';

export interface PriceAsking {
  /** Aborted when the offer no longer waits. */
  readonly signal: AbortSignal;
  /** The language of the page, such as `de-AT`, if the page says it. */
  readonly locale: string | undefined;
}

/**
 * What accepting the option costs this customer, in the customer's language: "$12.00 today, then $19.00 a month". Undefined if you
 * do not know it. The widget shows the text as it is.
 */
export type Price = (
  offer: Offer,
  option: OfferOption,
  customer: Customer,
  asking: PriceAsking,
) => Promise<string | undefined> | string | undefined;

interface PricesOptions {
  /** Without it, no option has a price. */
  readonly price: Price | undefined;
  readonly now: () => number;
  readonly log: Log;
}

/** Absent text: there is no price, or none came. */
interface Asked {
  readonly text?: string | undefined;
  readonly keptMs: number;
}

export type Prices = ReturnType<typeof createPrices>;

export function createPrices({ price, now, log }: PricesOptions) {
  const kept = new Map<string, { readonly asked: Promise<Asked>; readonly askedAt: number; keptMs: number }>();
  const said = new Set<string>();

  /** @returns the offer with the price of each option that charges, where it is known in time. It never throws. */
  async function withPrices(offer: Offer, customer: Customer, locale: string | undefined): Promise<Offer> {
    if (!price) return offer;
    const ask = price;
    const options = offer.options.map(async (option) => {
      if (option.action !== 'billing') return option;
      const key = [customer.customerId, customer.subscriptionId, offer.campaignId ?? offer.id, option.id, locale];
      const { text } = await once(JSON.stringify(key), () =>
        inTime((signal) => ask(offer, option, customer, { signal, locale })),
      );
      return text === undefined ? option : { ...option, price: text };
    });
    return { ...offer, options: await Promise.all(options) };
  }

  function once(key: string, ask: () => Promise<Asked>): Promise<Asked> {
    const known = kept.get(key);
    const ageMs = known ? now() - known.askedAt : Infinity;
    if (known && ageMs >= 0 && ageMs < known.keptMs) return known.asked;
    kept.delete(key);
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size >= PRICES_KEPT) kept.delete(oldest);
    const entry = { asked: ask(), askedAt: now(), keptMs: PRICE_KEPT_MS };
    kept.set(key, entry);
    void entry.asked.then(({ keptMs }) => (entry.keptMs = keptMs));
    return entry.asked;
  }

  async function inTime(ask: (signal: AbortSignal) => ReturnType<Price>): Promise<Asked> {
    const limit = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<typeof LATE>((resolve) => {
      timer = setTimeout(() => {
        // First, because what `ask` makes of the signal comes too late as well.
        resolve(LATE);
        limit.abort();
      }, PRICE_PATIENCE_MS);
    });
    try {
      const text = await Promise.race([ask(limit.signal), late]);
      if (text === undefined) return { keptMs: PRICE_KEPT_MS };
      if (text === LATE) return none('late');
      return isText(text) ? { text, keptMs: PRICE_KEPT_MS } : none('no text');
    } catch (error) {
      return none('thrown', error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Says once why there is no price. A line for each offer would drown the log. */
  function none(cause: keyof typeof WHY, err?: unknown): Asked {
    if (!said.has(cause)) {
      said.add(cause);
      log.warn(
        { ...(err !== undefined && { err }) },
        `Failed to get the price of an option: ${WHY[cause]} Offers are shown without it meanwhile. This is said once.`,
      );
    }
    return { keptMs: PRICE_FAILURE_KEPT_MS };
  }

  return { withPrices };
}

const LATE = Symbol('late');

const WHY = {
  late: `your \`price\` took longer than ${PRICE_PATIENCE_MS} ms. Keep in memory what it reads, and stop at its signal.`,
  thrown: 'your `price` threw. Find its error beside this line, and return undefined where you know no price.',
  'no text': `your \`price\` returned no text of 1 to ${PRICE_MAX_CHARACTERS} characters. Return one, or undefined.`,
} as const;

/** A host without TypeScript may return anything. */
function isText(text: unknown): boolean {
  return typeof text === 'string' && text.trim() !== '' && text.length <= PRICE_MAX_CHARACTERS;
}

/**
 * What an option costs this customer, as the app's `price` says it. Asked only where a click charges. An offer waits a moment for
 * it at most, and is shown without a price if none comes; what comes later is there for the next offer.
 */
import { UpstreamFailure } from '../chargebee/call.js';
import type { Chargebee } from '../chargebee/chargebee.js';
import type { Estimate, SubscriptionChange } from '../chargebee/estimate.js';
import {
  PRICE_FAILURE_KEPT_MS,
  PRICE_KEPT_MS,
  PRICE_MAX_CHARACTERS,
  PRICE_PATIENCE_MS,
  PRICE_REFUSAL_KEPT_MS,
  PRICES_KEPT,
} from '../constants.js';
import type { Offer, OfferOption } from '../contract.js';
import type { Customer } from '../customer.js';
import type { Log } from '../log.js';

export interface PriceAsking {
  /** Aborted when the offer no longer waits. What you return after that is kept for the next one. */
  readonly signal: AbortSignal;
  /** The language of the page, such as `de-AT`, if the page says it. */
  readonly locale: string | undefined;
  /**
   * Asks Chargebee what the change would cost this customer: one call of the budget, after which new offers still have room. It
   * goes on when the offer no longer waits. If it rejects, leave that to the proxy, which logs why.
   */
  readonly estimate: (change: SubscriptionChange) => Promise<Estimate>;
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
  readonly chargebee: Pick<Chargebee, 'estimate'>;
  /** Given the calls for estimates, which go on after an offer that no longer waits. */
  readonly keepAlive: (work: Promise<unknown>) => void;
  readonly now: () => number;
  readonly log: Log;
}

/** Absent text: there is no price, or none came. */
interface Asked {
  readonly text?: string | undefined;
  readonly keptMs: number;
}

type Ask = (signal: AbortSignal) => ReturnType<Price>;

export type Prices = ReturnType<typeof createPrices>;

export function createPrices({ price, chargebee, keepAlive, now, log }: PricesOptions) {
  const kept = new Map<string, { readonly asked: Promise<Asked>; readonly since: number; keptMs: number }>();
  const said = new Set<string>();

  /** @returns the offer with the price of each option that charges, where it is known in time. It never throws. */
  async function withPrices(offer: Offer, customer: Customer, locale: string | undefined): Promise<Offer> {
    if (!price) return offer;
    const ask = price;
    const options = offer.options.map(async (option) => {
      if (option.action !== 'billing') return option;
      const key = [customer.customerId, customer.subscriptionId, offer.campaignId ?? offer.id, option.id, locale];
      const { text } = await once(JSON.stringify(key), (signal) =>
        ask(offer, option, customer, { signal, locale, estimate: estimateFor(customer) }),
      );
      return text === undefined ? option : { ...option, price: text };
    });
    return { ...offer, options: await Promise.all(options) };
  }

  function estimateFor(customer: Customer): PriceAsking['estimate'] {
    return (change) => {
      const estimating = chargebee.estimate(change, customer);
      keepAlive(estimating.catch(() => {}));
      return estimating;
    };
  }

  function once(key: string, ask: Ask): Promise<Asked> {
    const known = kept.get(key);
    const ageMs = known ? now() - known.since : Infinity;
    if (known && ageMs >= 0 && ageMs < known.keptMs) return known.asked;
    const asked = inTime(ask, (late) => {
      // What was asked for meanwhile is newer.
      if (kept.get(key)?.asked === asked) keep(key, Promise.resolve(late));
    });
    keep(key, asked);
    return asked;
  }

  function keep(key: string, asked: Promise<Asked>): void {
    kept.delete(key);
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size >= PRICES_KEPT) kept.delete(oldest);
    const entry = { asked, since: now(), keptMs: PRICE_KEPT_MS };
    kept.set(key, entry);
    void asked.then(({ keptMs }) => (entry.keptMs = keptMs));
  }

  /** @param keepLate given what came after the offer had gone out. */
  async function inTime(ask: Ask, keepLate: (late: Asked) => void): Promise<Asked> {
    const limit = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<typeof LATE>((resolve) => {
      timer = setTimeout(() => {
        // First, because what `ask` makes of the signal comes too late as well.
        resolve(LATE);
        limit.abort();
      }, PRICE_PATIENCE_MS);
    });
    const answer = answerTo(ask, limit.signal);
    const first = await Promise.race([answer, late]);
    clearTimeout(timer);
    if (first !== LATE) return first;
    void answer.then(keepLate);
    return none('late');
  }

  async function answerTo(ask: Ask, signal: AbortSignal): Promise<Asked> {
    try {
      const text = await ask(signal);
      if (text === undefined) return { keptMs: PRICE_KEPT_MS };
      return isText(text) ? { text, keptMs: PRICE_KEPT_MS } : none('no text');
    } catch (error) {
      if (error instanceof UpstreamFailure) return none(isRefusal(error) ? 'refused' : 'unanswered', error);
      // It stopped at its signal, as it should.
      return signal.aborted ? { keptMs: PRICE_FAILURE_KEPT_MS } : none('thrown', error);
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
    return { keptMs: cause === 'refused' ? PRICE_REFUSAL_KEPT_MS : PRICE_FAILURE_KEPT_MS };
  }

  return { withPrices };
}

const LATE = Symbol('late');

const WHY = {
  late: `your \`price\` took longer than ${PRICE_PATIENCE_MS} ms. What it returns later is kept for the next offer.`,
  thrown: 'your `price` threw. Find its error beside this line, and return undefined where you know no price.',
  refused:
    'Chargebee refuses to estimate it. Its error is beside this line; if it names an item price, correct the campaign.',
  unanswered: 'Chargebee gave no estimate. Its error is beside this line; a later offer asks again.',
  'no text': `your \`price\` returned no text of 1 to ${PRICE_MAX_CHARACTERS} characters. Return one, or undefined.`,
} as const;

function isRefusal({ kind }: UpstreamFailure): boolean {
  return kind === 'refused' || kind === 'not_found' || kind === 'conflict';
}

/** A host without TypeScript may return anything. */
function isText(text: unknown): boolean {
  return typeof text === 'string' && text.trim() !== '' && text.length <= PRICE_MAX_CHARACTERS;
}

/**
 * What a member of the company's own staff is shown: what Chargebee has for the customer at this moment. It is kept in this
 * process and never in the store, so nothing changes for the customer, and no route finds an offer to act on.
 */
import { PREVIEW_TTL_MS, PREVIEWS_KEPT } from '../constants.js';
import type { OfferAnswer } from '../contract.js';

export function createPreviews({ now }: { now: () => number }) {
  const kept = new Map<string, { readonly answer: Promise<OfferAnswer>; readonly until: number }>();

  /** @returns the answer to the same question of a moment ago, or what `ask` brings. Of no answer, nothing is kept. */
  return function previewOnce(question: string, ask: () => Promise<OfferAnswer>): Promise<OfferAnswer> {
    const known = kept.get(question);
    const leftMs = known ? known.until - now() : 0;
    if (known && leftMs > 0 && leftMs <= PREVIEW_TTL_MS) return known.answer;
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size >= PREVIEWS_KEPT) kept.delete(oldest);
    const asked = { answer: ask(), until: now() + PREVIEW_TTL_MS };
    kept.delete(question);
    kept.set(question, asked);
    asked.answer.catch(() => {
      if (kept.get(question) === asked) kept.delete(question);
    });
    return asked.answer;
  };
}

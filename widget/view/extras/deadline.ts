/** The calm line about the end of an offer, where it is near: the day, and no clock that ticks. */
import type { Extra } from './extra.js';

/** An end that is nearer than this is worth a line. */
const SOON_MS = 3 * 24 * 60 * 60_000;

export const extra: Extra = {
  add(drawn, { host, offer: { expiresAt }, html, words, language }) {
    // It names a day, so it is never out of date.
    if (!host.deadline || expiresAt - Date.now() >= SOON_MS) return drawn;
    const sentence = ending(expiresAt, language, words.ends);
    return { ...drawn, ending: html`<p part="ending" dir="auto">${sentence}</p>` };
  },
};

/**
 * Names the last day on which the offer can be accepted, where the customer is.
 * @param expiresAt in Unix milliseconds, by this browser's clock.
 * @param language a BCP 47 tag, also one of a variant.
 * @param sentence has `{day}` where its language puts the day.
 */
export function ending(expiresAt: number, language: string, sentence: string): string {
  // Until midnight means the day before.
  const day = new Intl.DateTimeFormat(language, { weekday: 'long' }).format(expiresAt - 1);
  return sentence.replace('{day}', () => day);
}

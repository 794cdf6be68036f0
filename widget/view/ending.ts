/**
 * The calm line about the end of an offer: the day, and no clock that ticks. A chunk of its own, which imports nothing, so that
 * every build can share it: few offers end soon.
 */

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

/** What an element tells the page by events that reach the window, and a headless flow fires on itself alone. */

const HEARD = ['offer-fulfilled', 'offer-unlocked'] as const;

/** What a headless flow adds to the name: the window hears no `offer-` event without its fields. */
const PREFIX = 'headless-';

/** The events on the window after which a customer may use more than before. */
export const PAGE_NEWS: readonly string[] = HEARD.flatMap((type) => [type, PREFIX + type]);

/** The page hears of what the flow brings the customer. */
export function tellPage(flow: EventTarget): void {
  for (const type of HEARD) flow.addEventListener(type, () => dispatchEvent(new Event(PREFIX + type)));
}

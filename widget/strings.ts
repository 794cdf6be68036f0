/** Every word that the widget itself says. What the offer says comes from Chargebee. */

/** What stands on the page before an offer is accepted, and on the button that puts its news away. */
export interface OfferStrings {
  /** Turns the offer down. */
  dismiss: string;
  /** Puts away the news of an acceptance, and names the cross of the modal. */
  close: string;
  /** On the pressed button, until the proxy has answered. */
  accepting: string;
}

/** How it goes on. */
export interface WayStrings {
  interrupted: string;
  retry: string;
  /** The way to the next page, for whoever was not taken there or came back from it. */
  continue: string;
}

/** What is said of an acceptance. */
export interface NewsStrings {
  pending: string;
  overdue: string;
  completed: string;
  redirect: string;
  checkout: string;
  /** Stands before the way to the next page when the offer had been accepted earlier. */
  resume: string;
  email: string;
  webhook: string;
  /** Chargebee's tutorials ask for these words when somebody else, or an earlier click, was first. */
  alreadyAccepted: string;
  colleagueAccepted: string;
  billingFailed: string;
  checkoutAbandoned: string;
  appFailed: string;
  expired: string;
  internal: string;
  unsupported: string;
}

/** Any of these can be overridden by the element's `strings` property. */
export interface Strings extends OfferStrings, WayStrings, NewsStrings {}

/** The other words in English come with what says them; those of other languages come all together. */
export type LoadedStrings = OfferStrings & Partial<WayStrings & NewsStrings>;

const LANGUAGES = ['en', 'ar', 'de', 'es', 'fr', 'ja', 'nl', 'pt'];

/** The language of the element, which it mostly has from an ancestor; English where the widget does not speak it. */
export function languageOf(element: Element): string {
  const root = element.getRootNode();
  const spoken = LANGUAGES.find((language) => element.matches(`:lang(${language})`));
  // Firefox does not look beyond a shadow root.
  return spoken ?? (root instanceof ShadowRoot ? languageOf(root.host) : 'en');
}

/** English as well where the words cannot be loaded. */
export async function loadStrings(language: string): Promise<LoadedStrings> {
  if (language === 'en') return ENGLISH;
  const load = async () => (await import('./dictionaries.js')).dictionaries[language]?.();
  return (await load().catch(() => undefined)) ?? ENGLISH;
}

const ENGLISH: OfferStrings = {
  dismiss: 'Maybe later',
  close: 'Close',
  accepting: 'One moment…',
};

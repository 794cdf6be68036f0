/** Which language the widget speaks, and its words in that language. */
import { dictionaries } from './dictionaries.js';
import { offerWords } from './offer-words.js';
import type { SpokenStrings } from './words.js';

/** The language of the element, mostly inherited from an ancestor. English where the widget does not speak it. */
export function languageOf(element: Element): string {
  const root = element.getRootNode();
  const spoken = ['en', ...Object.keys(dictionaries)].find((language) => speaks(element, language));
  if (spoken) return spoken;
  // In Firefox, `:lang()` does not look beyond a shadow root (seen in 153). Can go when it does.
  return root instanceof ShadowRoot ? languageOf(root.host) : 'en';
}

/** In WebKit, `:lang()` knows no private subtags, as in `de-x-du` (seen in WebKitGTK 2.50). The attribute can go when it does. */
function speaks(element: Element, language: string): boolean {
  return element.matches(`:lang(${language})`) || element.closest('[lang]')?.getAttribute('lang') === language;
}

/** English as well where the words cannot be loaded. */
export async function loadStrings(language: string): Promise<SpokenStrings> {
  const dictionary = await dictionaries[language]?.().catch(() => undefined);
  return Object.values(dictionary ?? {})[0] ?? offerWords;
}

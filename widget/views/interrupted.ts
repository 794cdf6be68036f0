/** What the customer is told of an acceptance that did not get through, and the words for every way on. Pure. */
import { svg } from 'lit';
import type { LoadedStrings, WayStrings } from '../strings.js';
import type { OfferHandlers, Face } from './offer-content.js';

const ENGLISH: WayStrings = {
  interrupted: 'That did not go through. Please try again; you will not be charged twice.',
  retry: 'Try again',
  continue: 'Continue',
};

export function withWays(strings: LoadedStrings): LoadedStrings & WayStrings {
  return { ...ENGLISH, ...strings };
}

export function interrupted(
  optionId: string,
  strings: LoadedStrings & WayStrings,
  { accept, dismiss }: OfferHandlers,
): Face {
  return {
    mood: 'problem',
    sign: svg`<path d="M12 5v8.5M12 18v.5" />`,
    message: strings.interrupted,
    ways: [
      { label: strings.retry, follow: () => accept(optionId) },
      { label: strings.close, follow: dismiss },
    ],
  };
}

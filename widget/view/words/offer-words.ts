/** The English words of an offer: the only ones that every page needs. */
import type { OfferStrings } from './words.js';

export const offerWords: OfferStrings = {
  dismiss: 'Maybe later',
  close: 'Close',
  accepting: 'One moment…',
  interrupted: 'That did not go through. Please try again; you will not be charged twice.',
  retry: 'Try again',
  reload: 'Reload the page',
};

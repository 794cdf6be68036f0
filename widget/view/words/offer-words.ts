/** The English words of an offer: the only ones that every page needs. */
import type { OfferStrings } from './words.js';

export const offerWords: OfferStrings = {
  dismiss: 'Not now',
  close: 'Close',
  ends: 'Ends {day}',
  charge: 'Changes your subscription. Charged to your payment method on file.',
  accepting: 'One moment…',
  interruptedTitle: 'That didn’t go through',
  interrupted: 'Try again. You won’t be charged twice.',
  retry: 'Try again',
  reload: 'Reload the page',
};

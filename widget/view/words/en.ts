/** The widget's own words in English. They come with the acceptance; those of an offer are on the page before. */
import { offerWords } from './offer-words.js';
import type { Strings } from './words.js';

export const en: Strings = {
  ...offerWords,
  continue: 'Continue',
  pending: 'Your upgrade is being set up. You can carry on working.',
  overdue: 'This takes longer than usual. Your upgrade will be applied soon.',
  completed: 'All done. Your upgrade is active.',
  redirect: 'Taking you to the next step…',
  checkout: 'Taking you to checkout…',
  resume: 'You can carry on where you left off.',
  email: 'Thank you. The next step is in your inbox.',
  webhook: 'Thank you. We have your request and will set it up for you.',
  alreadyAccepted: 'This offer has already been accepted.',
  colleagueAccepted: 'This offer has already been accepted by a colleague.',
  billingFailed: 'Your subscription could not be changed. Please check your payment details or contact us.',
  checkoutAbandoned: 'Checkout was not finished, so nothing has changed.',
  appFailed: 'Your upgrade was not completed. You can try again, or contact us for help.',
  expired: 'This offer has ended.',
  internal: 'Something went wrong on our side. Please contact us; we will sort it out.',
  unsupported: 'This upgrade cannot be finished here. Please contact us.',
};

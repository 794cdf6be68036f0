/** Every word that the widget itself says. What the offer says comes from Chargebee. */

/** Any of these can be overridden by the element's `strings` property. */
export interface Strings {
  /** Turns the offer down. */
  dismiss: string;
  /** Puts away the news of an acceptance, and names the cross of the modal. */
  close: string;
  /** On the pressed button, until the proxy has answered. */
  accepting: string;
  interrupted: string;
  retry: string;
  pending: string;
  overdue: string;
  completed: string;
  redirect: string;
  checkout: string;
  /** The way to the next page, for whoever was not taken there or came back from it. */
  continue: string;
  /** Stands before the way to the next page when the offer had been accepted earlier. */
  resume: string;
  email: string;
  webhook: string;
  /** Chargebee's tutorials ask for these words when somebody else, or an earlier click, was first. */
  alreadyAccepted: string;
  billingFailed: string;
  checkoutAbandoned: string;
  appFailed: string;
  expired: string;
  internal: string;
  unsupported: string;
}

/** The words in the language of the element; English where the language is not known. */
export function stringsFor(_language: string, overrides?: Partial<Strings>): Strings {
  return { ...ENGLISH, ...overrides };
}

const ENGLISH: Strings = {
  dismiss: 'Maybe later',
  close: 'Close',
  accepting: 'One moment…',
  interrupted: 'That did not go through. Please try again; you will not be charged twice.',
  retry: 'Try again',
  pending: 'Your upgrade is being set up. You can carry on working.',
  overdue: 'This takes longer than usual. Your upgrade will be applied soon.',
  completed: 'All done. Your upgrade is active.',
  redirect: 'Taking you to the next step…',
  checkout: 'Taking you to checkout…',
  continue: 'Continue',
  resume: 'You can carry on where you left off.',
  email: 'Thank you. The next step is in your inbox.',
  webhook: 'Thank you. We have your request and will set it up for you.',
  alreadyAccepted: 'This offer has already been accepted.',
  billingFailed: 'Your subscription could not be changed. Please check your payment details or contact us.',
  checkoutAbandoned: 'Checkout was not finished, so nothing has changed.',
  appFailed: 'Your upgrade could not be set up. Please contact us; we will sort it out.',
  expired: 'This offer has ended.',
  internal: 'Something went wrong on our side. Please contact us; we will sort it out.',
  unsupported: 'This upgrade cannot be finished here. Please contact us.',
};

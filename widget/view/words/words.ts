/**
 * Every word that the widget itself says. What the offer says comes from Chargebee. Each is whole: two are never joined to one
 * sentence, because no other language would join them so.
 */

/** What an offer says until the proxy has answered its acceptance. */
export interface OfferStrings {
  /** Dismisses the offer. */
  dismiss: string;
  /** Closes the notice of an acceptance, and names the cross of the modal. */
  close: string;
  /** About an offer that ends within three days. `{day}` is the day of the week. */
  ends: string;
  /** Under the buttons, about an option that changes the subscription at once. */
  charge: string;
  /** On the pressed button, until the proxy has answered. */
  accepting: string;
  /** The acceptance did not get through. */
  interruptedTitle: string;
  interrupted: string;
  retry: string;
  /** In its place where only a reload of the page helps. */
  reload: string;
}

/**
 * Any of these can be overridden by the element's `strings` property. An outcome has a title and a message. Its words
 * mention contact with support only in the form that stands beside the link to it.
 */
export interface Strings extends OfferStrings {
  /** Opens in place what a bar has cut short of the description. */
  details: string;
  /** Leads to the next page, for a customer who was not taken there or came back from it. */
  continue: string;
  /** Before an option charges, where the page wants that: what is asked, what confirms it, and what goes back. */
  confirmingTitle: string;
  confirm: string;
  back: string;
  /** Leads to what the customer has got: to `done-href`. */
  open: string;
  /** In its place where the page says no way: closes the notice. */
  done: string;
  /** Leads to `payment-href`. */
  payment: string;
  /** Leads to `support-href`. */
  support: string;
  pendingTitle: string;
  pending: string;
  overdueTitle: string;
  overdue: string;
  completedTitle: string;
  completed: string;
  /** A colleague was first. */
  colleagueCompleted: string;
  /** On the gated feature, for a moment after it was unlocked. A page that knows its name says it here. */
  unlocked: string;
  /** The customer has to go to another page. */
  nextTitle: string;
  redirect: string;
  checkout: string;
  /** The customer was there before. */
  resume: string;
  emailTitle: string;
  email: string;
  webhookTitle: string;
  webhook: string;
  /** Chargebee's tutorials ask for these words when a colleague, or an earlier click, was first. */
  alreadyAcceptedTitle: string;
  alreadyAccepted: string;
  colleagueAccepted: string;
  billingFailedTitle: string;
  billingFailed: string;
  checkoutAbandonedTitle: string;
  checkoutAbandoned: string;
  appFailedTitle: string;
  appFailed: string;
  appFailedSupport: string;
  /** The offer has ended before it was accepted, or before somebody has carried it out. */
  endedTitle: string;
  gone: string;
  expired: string;
  internalTitle: string;
  internal: string;
  internalSupport: string;
  unsupportedTitle: string;
  unsupported: string;
  unsupportedSupport: string;
}

/** The words of a language, of which English may have those of an offer only: the others come with the acceptance. */
export type SpokenStrings = OfferStrings & Partial<Strings>;

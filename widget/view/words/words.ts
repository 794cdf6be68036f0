/** Every word that the widget itself says. What the offer says comes from Chargebee. */

/** What an offer says until the proxy has answered its acceptance. */
export interface OfferStrings {
  /** Dismisses the offer. */
  dismiss: string;
  /** Closes the notice of an acceptance, and names the cross of the modal. */
  close: string;
  /** On the pressed button, until the proxy has answered. */
  accepting: string;
  /** The acceptance did not get through. */
  interrupted: string;
  retry: string;
  /** In its place where only a reload of the page helps. */
  reload: string;
}

/** Any of these can be overridden by the element's `strings` property. */
export interface Strings extends OfferStrings {
  /** Leads to the next page, for a customer who was not taken there or came back from it. */
  continue: string;
  pending: string;
  overdue: string;
  completed: string;
  redirect: string;
  checkout: string;
  /** Stands before the link to the next page when the offer was accepted earlier. */
  resume: string;
  email: string;
  webhook: string;
  /** Chargebee's tutorials ask for these words when a colleague, or an earlier click, was first. */
  alreadyAccepted: string;
  colleagueAccepted: string;
  billingFailed: string;
  checkoutAbandoned: string;
  appFailed: string;
  expired: string;
  internal: string;
  unsupported: string;
}

/** The words of a language, of which English may have those of an offer only: the others come with the acceptance. */
export type SpokenStrings = OfferStrings & Partial<Strings>;

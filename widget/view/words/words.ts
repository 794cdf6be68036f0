/** Every word that the widget itself says. What the offer says comes from Chargebee. */

/** Any of these can be overridden by the element's `strings` property. */
export interface Strings {
  /** Dismisses the offer. */
  dismiss: string;
  /** Closes the notice of an acceptance, and names the cross of the modal. */
  close: string;
  /** On the pressed button, until the proxy has answered. */
  accepting: string;
  /** The acceptance did not get through. */
  interrupted: string;
  retry: string;
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

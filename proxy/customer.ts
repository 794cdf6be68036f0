/** The person a request comes from, and how a host proves who that is. */
import type { Context } from './contract.js';

/** A customer of Chargebee Billing and, if the app tells us, which of its users is signed in. */
export interface Customer {
  readonly customerId: string;
  readonly subscriptionId: string;
  /** The app's own id of the user, for subscriptions that several people share. */
  readonly userId?: string | undefined;
  readonly email?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly roles?: readonly string[] | undefined;
  /** Custom fields that the app vouches for. They override what the page sends. */
  readonly custom?: Context | undefined;
  /**
   * A member of your own staff who looks at what this customer is offered. They see the real offer, and nothing of it is
   * reported, counted or accepted.
   */
  readonly preview?: boolean | undefined;
}

/** @returns undefined for a request that proves no customer; the proxy then answers 401. */
export type Identify = (request: Request) => Promise<Customer | undefined>;

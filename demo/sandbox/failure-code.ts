/** The codes that a fulfillment can fail with. Pure. */

export type FailureCode = keyof typeof FAILURE_MESSAGES;

/** Every code there is, with the sandbox's own message for developers. */
export const FAILURE_MESSAGES = {
  billing_update_failed: 'The addon could not be added to the subscription',
  checkout_abandoned: 'The customer left the checkout unpaid',
  external_fulfillment_failed: 'The app reported that it could not provision the upgrade',
  internal_error: 'Something went wrong inside Chargebee',
  fulfillment_expired: 'Nobody finished this fulfillment within 7 days',
} as const;

export const FAILURE_CODES = Object.keys(FAILURE_MESSAGES).filter(isFailureCode);

function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(FAILURE_MESSAGES, code);
}

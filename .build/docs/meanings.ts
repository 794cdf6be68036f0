/** What each word of `proxy/contract.ts` means for a reader. A word without a meaning does not compile. */
import type { Access, FailureCode, Offer, OfferOption, OptionAction, Outcome } from '../../proxy/contract.js';
import type { FieldNames } from '../../proxy/identity/claims.js';
import {
  EMAIL_MAX_CHARACTERS,
  PERSON_NAME_MAX_CHARACTERS,
  ROLE_MAX_CHARACTERS,
  USER_ID_MAX_CHARACTERS,
} from '../../proxy/constants.js';

export const OFFER_FIELDS: Readonly<Record<keyof Offer, string>> = {
  id: 'This offer for this customer.',
  campaignId: 'The offer as you configured it in Chargebee, the same for every customer: group your figures by it.',
  title: 'HTML from Chargebee. Sanitize it before you draw it.',
  description: 'HTML from Chargebee. Sanitize it before you draw it.',
  options: 'The ways to accept it. There is at least one.',
  brand: 'The brand of the offer, with `id` and `name`, where Chargebee has one.',
  expiresAt: 'When it ends, in milliseconds since 1970.',
  preview: '`true` for a member of your staff who previews it, and else absent.',
};

export const OPTION_FIELDS: Readonly<Record<keyof OfferOption, string>> = {
  id: 'The option.',
  label: 'The words of its button.',
  action: 'What accepting does: a word of the next table.',
  price: 'Of an option that charges: what it costs, where the `price` of your proxy says it. Plain text.',
  layout: 'Of a checkout: `in_app` opens over the page, `full_page` leaves it.',
  url: 'In a preview: where a redirect would lead.',
};

export const ACTIONS: Readonly<Record<OptionAction, string>> = {
  billing: 'Changes the subscription at once, and charges for it.',
  checkout: "Opens Chargebee's checkout.",
  redirect: 'Leads to your upgrade page. Your backend completes the upgrade.',
  email: 'Chargebee writes to the customer or to your team.',
  webhook: 'Chargebee calls your system, which follows up.',
  unknown: 'Something that this version does not know yet.',
};

export const OUTCOMES: Readonly<Record<Outcome['status'], string>> = {
  completed: 'The customer has what was offered.',
  pending: 'Chargebee is at work. The element asks again after `pollAfterMs`.',
  redirect: 'The browser goes to your upgrade page at `url`.',
  checkout: "The browser opens Chargebee's checkout.",
  elsewhere: 'It goes on by email, or in your own system.',
  failed: 'The customer will not get it. `code` says why.',
  already_accepted: 'It was accepted before, and nobody knows its fulfillment.',
};

export const FAILURES: Readonly<Record<FailureCode, string>> = {
  billing_failed: 'Chargebee could not change the subscription or charge for it.',
  checkout_abandoned: 'The customer left the checkout without paying.',
  app_failed: 'Your backend reported that it could not provide the upgrade.',
  expired: 'Nobody completed it in time.',
  internal: 'Chargebee reports an error of its own.',
  unsupported: 'Chargebee answered with a kind of fulfillment that this version does not know.',
};

export const ACCESSES: Readonly<Record<Access, string>> = {
  granted: 'The subscription includes the feature.',
  denied: 'It does not, or `used` has reached the limit.',
  unknown: 'Nobody can tell now. The element neither unlocks the feature nor offers it.',
};

/** What the identity says, by the name in `Customer`. */
export const IDENTITY_FIELDS: Readonly<Record<keyof FieldNames, string>> = {
  customerId: "The customer's id in Chargebee Billing.",
  subscriptionId: 'The id of the subscription whose features count.',
  userId: `Your id of the person, for subscriptions that several people share: up to ${USER_ID_MAX_CHARACTERS} characters, a longer one is sent as its hash.`,
  email: `The person's address: up to ${EMAIL_MAX_CHARACTERS} characters, a longer one, and what is no address, is left out.`,
  firstName: `Up to ${PERSON_NAME_MAX_CHARACTERS} characters, the rest is cut.`,
  lastName: `Up to ${PERSON_NAME_MAX_CHARACTERS} characters, the rest is cut.`,
  roles: `A list of words of up to ${ROLE_MAX_CHARACTERS} characters, for your audiences.`,
  custom: 'Custom fields that your backend vouches for. They win over what a page says in `context`.',
  preview:
    'Only the boolean `true`: a member of your staff who looks at the offer of this customer, see [Preview](#preview).',
};

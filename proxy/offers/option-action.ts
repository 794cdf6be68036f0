import type { OptionAction } from '../contract.js';

/** Chargebee's five processing types. One that it adds later is `unknown`. */
const ACTIONS: Readonly<Record<string, OptionAction>> = {
  billing_update: 'billing',
  checkout: 'checkout',
  url_redirect: 'redirect',
  email: 'email',
  webhook: 'webhook',
};

/** What accepting does, in the contract's word for a processing type of Chargebee. */
export function toAction(processingType: string): OptionAction {
  return (Object.hasOwn(ACTIONS, processingType) ? ACTIONS[processingType] : undefined) ?? 'unknown';
}

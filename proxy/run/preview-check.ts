/**
 * `upgrade-offer doctor --preview CUSTOMER`: a token with which staff see on the live page what this customer is offered. It
 * asks Chargebee the one question of a preview, and changes nothing.
 */
import { UpstreamFailure } from '../chargebee/call.js';
import type { Chargebee } from '../chargebee/chargebee.js';
import type { Config } from '../config.js';
import { createLists } from '../entitlements/lists.js';
import { createRecords } from '../fulfillments/records.js';
import { createIssuedOffers } from '../offers/issued-offers.js';
import type { Store } from '../store/store.js';
import type { Check } from './check.js';
import { signTrialToken } from './trial-token.js';

export class NoSubscription extends Error {}

interface PreviewOptions {
  readonly chargebee: Pick<Chargebee, 'personalizedOffer'>;
  readonly store: Store;
  readonly now: () => number;
}

/** @param named undefined: the one that the store knows. @throws NoSubscription if it knows none or several; NotSigned. */
export async function examinePreview(
  customerId: string,
  named: string | undefined,
  { identity }: Pick<Config, 'identity'>,
  { chargebee, store, now }: PreviewOptions,
): Promise<{ readonly token: string; readonly checks: Check[] }> {
  const subscriptionId = named ?? (await onlySubscription(customerId, { store, now }));
  const token = await signTrialToken(identity, { customerId, subscriptionId, custom: {}, preview: true, now });
  const customer = { customerId, subscriptionId, preview: true };
  const checks: Check[] = [
    { check: 'Subscription', result: 'ok', says: subscriptionId },
    await checkOffer(() => chargebee.personalizedOffer({ customer, custom: {}, page: {}, userAgent: undefined })),
  ];
  return { token, checks };
}

async function checkOffer(ask: () => ReturnType<Chargebee['personalizedOffer']>): Promise<Check> {
  const check = 'Offer';
  try {
    const offer = await ask();
    return offer
      ? { check, result: 'ok', says: `${offer.baseOfferId}: ${offer.options.map(({ label }) => label).join(', ')}` }
      : {
          check,
          result: 'warning',
          says: 'None for these ids alone. What the page and the token add may lead to one.',
        };
  } catch (error) {
    if (!(error instanceof UpstreamFailure)) throw error;
    return { check, result: 'wrong', says: `${error.message} Run upgrade-offer doctor.` };
  }
}

async function onlySubscription(
  customerId: string,
  { store, now }: { store: Store; now: () => number },
): Promise<string> {
  const acted = await Promise.all([
    createIssuedOffers({ store, now }).listOf(customerId),
    createRecords({ store, now }).listOf(customerId),
  ]);
  const read = await createLists({ store, now }).subscriptionsOf(customerId);
  const known = [...new Set([...acted.flat().map(({ subscriptionId }) => subscriptionId), ...read])];
  const [only] = known;
  if (only !== undefined && known.length === 1) return only;
  throw new NoSubscription(
    `Failed to make a preview of ${customerId}: the store knows ${only === undefined ? 'no subscription of this customer' : `several subscriptions of this customer: ${known.join(', ')}`}. Name it: upgrade-offer doctor --preview ${customerId} SUBSCRIPTION.`,
  );
}

/** For the console of a page that is open. */
export function previewLine(token: string): string {
  return `for (const offer of document.querySelectorAll('upgrade-offer')) offer.token = '${token}';`;
}

/**
 * The acceptance of an earlier page of this tab: after a reload, after Back, or when the customer comes back from the next
 * page. Fetched only where the tab keeps a receipt.
 */
import type { KnownOutcome } from '../offer-state.js';
import { readEntitlement } from '../question/access.js';
import { receiptName } from '../receipt-name.js';
import type { StateOwner } from '../state-owner.js';
import { forget } from '../storage.js';
import { isGone, type Acceptance } from './acceptance.js';
import { returned } from './coming-back.js';
import { OfferFulfilledEvent } from './events.js';
import { createFulfillment, readFulfillment } from './fulfillment.js';
import { readReceipt, type Receipt } from './receipt.js';

/**
 * Shows it. A customer who has what was offered sees the feature at once, and hears that they have it.
 * @returns false when the tab keeps no receipt that the proxy knows. What it keeps is then forgotten.
 */
export async function resume(owner: StateOwner, acceptance: Acceptance): Promise<boolean> {
  const name = receiptName(owner.host);
  const receipt = readReceipt(name);
  if (receipt && (await isUnlocked(owner))) {
    forget(name);
    acceptance.unlocked();
    if ('fulfillmentId' in receipt && !receipt.isTold) owner.emit(new OfferFulfilledEvent(receipt.offer));
    return true;
  }
  if (receipt && (await show(owner, acceptance, receipt))) return true;
  forget(name);
  return false;
}

async function isUnlocked({ host: { feature, used }, call, visit }: StateOwner): Promise<boolean> {
  const entitlement = feature ? await readEntitlement(call, feature, used, visit).catch(() => undefined) : undefined;
  visit.throwIfAborted();
  return entitlement?.access === 'granted';
}

/** @returns false when the proxy does not know the acceptance. */
async function show(owner: StateOwner, acceptance: Acceptance, receipt: Receipt): Promise<boolean> {
  const { offer } = receipt;
  const { visit } = owner;
  try {
    const outcome = await outcomeOf(owner, acceptance, receipt);
    if (outcome.status === 'checkout') await acceptance.fetchCheckout(outcome.layout);
    await owner.prepare();
    visit.throwIfAborted();
    // Another question may have resumed it meanwhile.
    const isNews = owner.dispatch({ type: 'resumed', state: { ...outcome, offer } });
    if (isNews && outcome.status !== 'interrupted')
      acceptance.follow(offer, outcome, 'isTold' in receipt && receipt.isTold);
    return true;
  } catch (error) {
    if (!isGone(error)) throw error;
    return false;
  }
}

/** Asks what has come of an acceptance. One that the proxy may not have is sent again. */
async function outcomeOf(
  { call, wait, visit }: StateOwner,
  acceptance: Acceptance,
  receipt: Receipt,
): Promise<KnownOutcome | { status: 'interrupted'; optionId: string }> {
  if ('fulfillmentId' in receipt) {
    return returned(await readFulfillment({ call, wait, signal: visit }, receipt.fulfillmentId));
  }
  const { offer, optionId, isInterrupted } = receipt;
  if (isInterrupted) return { status: 'interrupted', optionId };
  const outcome = returned(await createFulfillment(call, offer.id, optionId));
  acceptance.accepted(offer, optionId, outcome);
  return outcome;
}

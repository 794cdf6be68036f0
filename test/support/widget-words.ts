/** What the widget's tests talk about: what the customer finds on the page, and what happens elsewhere meanwhile. */
import { expect, inject, onTestFinished } from 'vitest';
import { page, type Locator } from 'vitest/browser';
import type { Offer } from '../../proxy/contract.js';
import type { TestCustomer } from './customer.js';
import { asCustomer, asServer, offered } from './proxy-client.js';
import { sandboxOf } from './sandbox-client.js';

export const stack = inject('stack');
export const sandbox = sandboxOf(stack);

/** The feature that `ordinary` customers lack. The app's own upgrade page carries out its offer. */
export const ANALYTICS = 'advanced-analytics';

/** A customer who runs out of storage. Chargebee carries out this offer by itself. */
export const STORAGE = { layout: 'banner', context: { storage_used_percent: 85 } };

/** The offer for `ANALYTICS`: as a card or a bar, as a dialog, and its title in any layout. */
export const analyticsCard = page.getByRole('region', { name: 'Unlock Advanced Analytics' });
export const analyticsDialog = page.getByRole('dialog', { name: 'Unlock Advanced Analytics' });
export const analyticsTitle = page.getByRole('heading', { name: 'Unlock Advanced Analytics' });

/** Any offer, or its notice, as a card or a bar. */
export const anyCard = page.getByRole('region');

/** Accept the offer for `ANALYTICS`, for `STORAGE`, and the one with a checkout. */
export const unlock = page.getByRole('button', { name: 'Unlock now' });
export const addStorage = page.getByRole('button', { name: 'Add 100 GB storage' });
export const buy = page.getByRole('button', { name: 'Buy now' });

export const maybeLater = page.getByRole('button', { name: 'Not now' });
export const oneMoment = page.getByRole('button', { name: 'One moment…' });
export const tryAgain = page.getByRole('button', { name: 'Try again' });
export const done = page.getByRole('button', { name: 'Done' });
export const close = page.getByRole('button', { name: 'Close' });
export const carryOn = page.getByRole('link', { name: 'Continue' });

/** The words about an acceptance. */
export const status = page.getByRole('status');

/** The slots that `place` fills: the gated feature, and what stands in its place. */
export const reports = page.getByText('The reports');
export const locked = page.getByText('Not in your plan');

/** The first moments of a dialog are over, in which it takes no click and no Escape. */
export async function settled(dialog: Locator): Promise<void> {
  await expect.poll(() => getComputedStyle(dialog.element()).pointerEvents).toBe('auto');
}

/** What Chargebee was told about the offers of this customer: `viewed`, `dismissed`. */
export async function eventsOf(customer: TestCustomer): Promise<string[]> {
  return (await sandbox.records(customer)).events.map(({ type }) => type);
}

export async function fulfillmentsOf(customer: TestCustomer) {
  return (await sandbox.records(customer)).fulfillments;
}

/** The same customer accepts the same offer on another device. */
export async function acceptElsewhere(customer: TestCustomer, { id, options }: Offer): Promise<void> {
  await asCustomer(stack, customer).accept(id, options[0]?.id ?? '');
}

/**
 * From now on, Chargebee changes no subscription in this test until the returned function is called, which puts its clock
 * past the end of every change under way.
 */
export async function chargebeeWaits(): Promise<() => Promise<void>> {
  const waitMs = 10 * 60_000;
  const { fulfillmentDelayMs } = await sandbox.settings();
  await sandbox.change({ fulfillmentDelayMs: waitMs });
  onTestFinished(() => sandbox.change({ fulfillmentDelayMs }));
  return () => sandbox.advance(waitMs);
}

/** What the app's backend does once its upgrade page has done its work. */
export async function completeInTheApp(customer: TestCustomer): Promise<void> {
  const [fulfillment] = await fulfillmentsOf(customer);
  const { status: answered } = await asServer(stack).complete(fulfillment?.id ?? '');
  if (answered !== 200) throw new Error(`Failed to complete the fulfillment: the proxy answered ${answered}.`);
}

/** The same customer buys the feature on another device. */
export async function grantElsewhere(customer: TestCustomer): Promise<void> {
  const there = asCustomer(stack, customer);
  const { offerId, optionId } = offered(await there.ask({ feature: ANALYTICS }));
  await there.accept(offerId, optionId);
  await completeInTheApp(customer);
}

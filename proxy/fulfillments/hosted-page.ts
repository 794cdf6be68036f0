/** Chargebee's hosted page of a checkout, as the record keeps it, and whether it still leads on. Pure. */
import * as v from 'valibot';
import { HostedPage, type CheckoutLayout } from '../contract.js';

const StoredPage = v.pipe(v.string(), v.parseJson(), HostedPage);

/** @param json as stored. @returns undefined if the fulfillment has none. */
export function readHostedPage(json: string | null): HostedPage | undefined {
  const parsed = v.safeParse(StoredPage, json);
  return parsed.success ? parsed.output : undefined;
}

/** The layout of the option decides: OAS requires it there, and makes that of the page optional. */
export function withLayout(page: HostedPage | undefined, layout: CheckoutLayout | undefined): HostedPage | undefined {
  return page && layout ? { ...page, layout } : page;
}

export function layoutOf({ layout }: HostedPage): CheckoutLayout {
  return layout === 'in_app' ? layout : 'full_page';
}

/** Whether the customer can still pay there. Chargebee's pages live for three hours, and name the end in Unix seconds. */
export function isPayable({ state, expires_at: seconds }: HostedPage, now: number): boolean {
  const hasEnded = state === 'succeeded' || state === 'cancelled' || state === 'acknowledged';
  return !hasEnded && !(typeof seconds === 'number' && seconds * 1_000 <= now);
}

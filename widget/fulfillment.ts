/** The calls of an acceptance, and the waiting for what it brings. */
import type { Access, Outcome } from '../proxy/contract.js';
import { isAccess, isShape } from './answers.js';
import { post, type Call } from './offer-api.js';
import { readOutcome } from './outcome.js';
import { ProxyError } from './proxy-error.js';
import type { Wait } from './wait.js';

export type Pending = Extract<Outcome, { status: 'pending' }>;

/** What every wait needs: the proxy, a clock, and an end. */
export interface Patience {
  readonly call: Call;
  readonly wait: Wait;
  readonly signal: AbortSignal;
}

/** A change of a subscription takes seconds. After this the customer is told that it will come, and asking ends. */
const ASK_FOR_MS = 120_000;

/** An entitlement may follow its fulfillment with a delay: how long to wait before each look. */
const LOOK_AFTER_MS = [0, 1_000, 3_000, 10_000, 30_000];

/** `POST /offers/:id/fulfillments`: asked twice, the proxy still accepts once. */
export async function createFulfillment(
  { call, signal }: Patience,
  offerId: string,
  optionId: string,
): Promise<Outcome> {
  return readOutcome(await call(`offers/${offerId}/fulfillments`, { ...post({ optionId }), signal }));
}

/** `GET /fulfillments/:id` */
export async function readFulfillment({ call, signal }: Patience, fulfillmentId: string): Promise<Outcome> {
  return readOutcome(await call(`fulfillments/${fulfillmentId}`, { signal }));
}

/** The outcome once it is no longer pending; undefined when it stays so. A failed call is made again at the next turn. */
export async function settledOutcome(
  patience: Patience,
  { fulfillmentId, pollAfterMs }: Pending,
): Promise<Outcome | undefined> {
  const { wait, signal } = patience;
  let after = pollAfterMs;
  for (let waited = 0; waited < ASK_FOR_MS; waited += after) {
    await wait(after, signal);
    const outcome = await readFulfillment(patience, fulfillmentId).catch(() => undefined);
    if (outcome?.status === 'pending') after = outcome.pollAfterMs;
    // Paid, and Chargebee has not noticed yet.
    else if (outcome && outcome.status !== 'checkout') return outcome;
  }
  return undefined;
}

/** Whether the feature may be used, once its entitlement had time to arrive. */
export async function isGranted(patience: Patience, feature: string, used: number | undefined): Promise<boolean> {
  const { wait, signal } = patience;
  for (const after of LOOK_AFTER_MS) {
    await wait(after, signal);
    const access = await readAccess(patience, feature, used).catch(() => undefined);
    if (access === 'granted') return true;
  }
  return false;
}

/** `GET /entitlements/:featureId` */
export async function readAccess(
  { call, signal }: Patience,
  feature: string,
  used: number | undefined,
): Promise<Access> {
  const query = used === undefined ? '' : `?used=${used}`;
  const body = await call(`entitlements/${encodeURIComponent(feature)}${query}`, { signal });
  if (isShape(body) && isAccess(body['access'])) return body['access'];
  throw new ProxyError('unreadable', 'the answer does not say who has access');
}

/** The calls of an acceptance, and the waiting for what it brings. */
import type { Outcome } from '../../../proxy/contract.js';
import type { KnownOutcome } from '../offer-state.js';
import { readEntitlement } from '../question/access.js';
import type { Call } from '../question/proxy-call.js';
import type { Wait } from '../wait.js';
import { readOutcome } from './outcome.js';

export type Pending = Extract<Outcome, { status: 'pending' }>;

/** What every wait needs: the proxy, a clock, and an end. */
export interface Patience {
  readonly call: Call;
  readonly wait: Wait;
  readonly signal: AbortSignal;
}

/** A change of a subscription takes seconds. After this the customer is told that it will come. */
const OVERDUE_AFTER_MS = 120_000;

/** Nobody waits for it any more. Not in a tab that nobody looks at. */
const OVERDUE_POLL_MS = 60_000;

/** An entitlement may follow its fulfillment with a delay: how long to wait before each check. */
const CHECK_AFTER_MS = [0, 1_000, 3_000, 10_000, 30_000];

/** `POST /offers/:id/fulfillments`: asked twice, the proxy still accepts once. It outlives the page and the element. */
export async function createFulfillment(call: Call, offerId: string, optionId: string): Promise<KnownOutcome> {
  return readOutcome(await call(['offers', offerId, 'fulfillments'], { body: { optionId }, keepalive: true }));
}

/** `GET /fulfillments/:id` */
export async function readFulfillment({ call, signal }: Patience, fulfillmentId: string): Promise<KnownOutcome> {
  return readOutcome(await call(['fulfillments', fulfillmentId], { signal }));
}

/**
 * The outcome once it is no longer pending, which Chargebee sees to within seven days. A failed call is made again at the next
 * turn.
 * @param onOverdue called, more than once, when it takes longer than usual.
 */
export async function settledOutcome(
  patience: Patience,
  { fulfillmentId, pollAfterMs }: Pending,
  onOverdue: () => void,
): Promise<KnownOutcome> {
  const { wait, signal } = patience;
  let after = pollAfterMs;
  for (let waited = 0; ; waited += after) {
    if (waited >= OVERDUE_AFTER_MS) {
      onOverdue();
      after = OVERDUE_POLL_MS;
    }
    await wait(after, signal);
    if (document.hidden && waited >= OVERDUE_AFTER_MS) continue;
    const outcome = await readFulfillment(patience, fulfillmentId).catch(() => undefined);
    if (outcome?.status === 'pending') after = outcome.pollAfterMs;
    // Paid, and Chargebee has not noticed yet.
    else if (outcome && outcome.status !== 'checkout') return outcome;
  }
}

/** Whether the customer may use the feature, once its entitlement had time to arrive. */
export async function isGranted(
  { call, wait, signal }: Patience,
  feature: string,
  used: number | undefined,
): Promise<boolean> {
  for (const after of CHECK_AFTER_MS) {
    await wait(after, signal);
    const entitlement = await readEntitlement(call, feature, used, signal).catch(() => undefined);
    if (entitlement?.access === 'granted') return true;
  }
  return false;
}

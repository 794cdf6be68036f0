/** One attempt to deliver an event: a POST with Basic auth, as Chargebee Billing sends it. */
import type { BillingEvent } from './billing-event.js';

export interface Endpoint {
  readonly url: string | null;
  /** No credentials are sent when both are empty. */
  readonly username: string;
  readonly password: string;
}

/** The total execution time-out of Chargebee's live sites, from its reference architecture (how-to/webhooks.md). */
const TIMEOUT_MS = 60_000;

/** @returns the status of the answer; 0 when there was none. */
export async function send(event: BillingEvent, { url, username, password }: Endpoint): Promise<number> {
  if (url === null) return 0;
  const credentials = btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`)));
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json;charset=UTF-8',
        ...((username || password) && { authorization: `Basic ${credentials}` }),
      },
      body: JSON.stringify({ ...event, webhook_status: 'scheduled' }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}

/**
 * Chargebee's API over plain HTTP: a sandbox on a free port, whose clock moves only when the test moves it, and customers
 * who ask, dismiss and accept.
 */
import { afterAll, afterEach } from 'vitest';
import type { Growth } from '../../demo/sandbox/growth.js';
import { serveSandbox } from '../../demo/sandbox/listen.js';
import { createSandbox, type SandboxOptions } from '../../demo/sandbox/sandbox.js';
import { watchForOffSpec } from './off-spec.js';

export interface Answer<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed when it is JSON, otherwise text. */
  readonly body: Body;
}

type OfferList = ReturnType<Growth['personalizedOffers']>;
type Offer = OfferList['personalized_offers'][number];
type Fulfilled = ReturnType<Growth['createFulfillment']> & { hosted_page?: { id: string; url: string } };
interface EntitlementList {
  list: { subscription_entitlement: { feature_id: string; value: string } }[];
  next_offset?: string;
}

export const START = Date.UTC(2026, 0, 1);
export const KEY = 'test_sandbox';

/** Stops after the last test of the file. A test in which it leaves Chargebee's documents fails. */
export async function startChargebee(options: SandboxOptions = {}) {
  let time = START;
  const { onOffSpec, assertNone } = watchForOffSpec();
  const sandbox = createSandbox({ now: () => time, onOffSpec, ...options });
  const { url, close } = await serveSandbox(sandbox, 0);
  afterEach(assertNone);
  afterAll(close);

  async function call<Body>(method: string, path: string, init: RequestInit = {}): Promise<Answer<Body>> {
    const headers = { Authorization: basic(KEY), ...init.headers };
    const response = await fetch(`${url}/api/v2/${path}`, { method, ...init, headers });
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    const body = await (isJson ? response.json() : response.text());
    return { status: response.status, headers: response.headers, body };
  }
  const get = <Body>(path: string) => call<Body>('GET', path);
  const post = <Body>(path: string, body: unknown) =>
    call<Body>('POST', path, {
      headers: { 'Content-Type': 'application/json;charset=UTF-8' },
      body: JSON.stringify(body),
    });

  /** `/sandbox/...`, which Chargebee does not have. */
  const control = async <Body>(method: string, path: string, body?: unknown): Promise<Answer<Body>> => {
    const headers = { 'Content-Type': 'application/json' };
    const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${url}/sandbox/${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? text : JSON.parse(text) };
  };

  /** A new customer, of a scenario or an ordinary one. */
  function customer(scenario = 'ordinary') {
    const suffix = crypto.randomUUID().slice(0, 8);
    const ids = { customer_id: `cus_${scenario}_${suffix}`, subscription_id: `sub_${scenario}_${suffix}` };
    const asks = (custom: Record<string, unknown> = {}) => post<OfferList>('personalized_offers', { ...ids, custom });
    return {
      ids,
      asks,
      async offer(custom: Record<string, unknown> = {}): Promise<Offer | undefined> {
        return (await asks(custom)).body.personalized_offers[0];
      },
      async entitlement(featureId: string): Promise<string | undefined> {
        const path = `subscriptions/${ids.subscription_id}/subscription_entitlements?limit=100`;
        const { list } = (await get<EntitlementList>(path)).body;
        return list.find((each) => each.subscription_entitlement.feature_id === featureId)?.subscription_entitlement
          .value;
      },
    };
  }

  return {
    url,
    records: sandbox.records,
    sandbox,
    call,
    control,
    get,
    post,
    customer,
    later: (ms: number) => void (time += ms),
    event: (offer: Offer | undefined, type: 'viewed' | 'dismissed') =>
      post('offer_events', { personalized_offer_id: offer?.id, type }),
    accept: (offer: Offer | undefined, option = offer?.options[0]) =>
      post<Fulfilled>('offer_fulfillments', { personalized_offer_id: offer?.id, option_id: option?.id }),
    fulfillment: (id: string) => get<Fulfilled>(`offer_fulfillments/${id}`),
    report: (id: string, body: unknown) => post<Fulfilled>(`offer_fulfillments/${id}`, body),
  };
}

export function basic(user: string, password = ''): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** The body of a Chargebee error, with any message. */
export function refusal(status: number, api_error_code: string, param?: string) {
  return { status, body: { api_error_code, ...(param && { param }) } };
}

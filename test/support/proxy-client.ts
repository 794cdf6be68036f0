/** Calls the proxy over HTTP, as a customer's browser or as the app's backend. */
import type {
  EntitlementAnswer,
  FulfillmentList,
  OfferAnswer,
  OfferRequest,
  Outcome,
  Problem,
} from '../../proxy/contract.js';
import type { TestCustomer } from './customer.js';
import type { StackAddress } from './stack.js';

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** Every route answers with a `Problem` when it refuses; a test that expects one passes that type. */
export function asCustomer(stack: Pick<StackAddress, 'proxyUrl'>, { token }: Pick<TestCustomer, 'token'>) {
  return asBrowser(stack, bearing(token));
}

export function asBrowser({ proxyUrl }: Pick<StackAddress, 'proxyUrl'>, proof: Proof) {
  const call = caller(proxyUrl, proof);
  return {
    ask: (request: OfferRequest = {}) => call<OfferAnswer>('POST', '/offers', request),
    /** As after a click on what is locked. */
    askByClick: (request: OfferRequest = {}) => call<OfferAnswer>('POST', '/offers?asked=true', request),
    /** @param query such as `display=1`. */
    report: (offerId: string, type: string, query = '') =>
      call<Problem | undefined>('POST', `/offers/${offerId}/events?${query}`, { type }),
    accept: (offerId: string, optionId: string) =>
      call<Outcome>('POST', `/offers/${offerId}/fulfillments`, { optionId }),
    outcome: (fulfillmentId: string) => call<Outcome>('GET', `/fulfillments/${fulfillmentId}`),
    access: (featureId: string, used?: number) =>
      call<EntitlementAnswer>('GET', `/entitlements/${featureId}${used === undefined ? '' : `?used=${used}`}`),
    call,
  };
}

export function asServer({ proxyUrl, serverKey }: Pick<StackAddress, 'proxyUrl' | 'serverKey'>) {
  const call = caller(proxyUrl, bearing(serverKey));
  return {
    list: (query: Record<string, string> = {}) =>
      call<FulfillmentList>('GET', `/fulfillments?${new URLSearchParams(query)}`),
    complete: (id: string) => call<{ status: string }>('POST', `/fulfillments/${id}/complete`),
    fail: (id: string, reason: string) => call<{ status: string }>('POST', `/fulfillments/${id}/fail`, { reason }),
  };
}

/**
 * @returns the offer and its first option.
 * @throws when there is no offer.
 */
export function offered(answer: Answer<OfferAnswer>) {
  const { offer } = answer.body;
  const option = offer?.options[0];
  if (!offer || !option) throw new Error(`Expected an offer, but the proxy answered: ${JSON.stringify(answer.body)}`);
  return { offer, offerId: offer.id, optionId: option.id };
}

export function fulfillmentIdOf({ body }: Answer<Outcome>): string {
  if (!('fulfillmentId' in body))
    throw new Error(`Expected a fulfillment id, but the outcome is: ${JSON.stringify(body)}`);
  return body.fulfillmentId;
}

/** Headers that say who asks. */
type Proof = Readonly<Record<string, string>>;

function bearing(token: string | undefined): Proof {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

function caller(proxyUrl: string, proof: Proof) {
  return async function call<Body = Problem>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    const response = await fetch(proxyUrl + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...proof },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  };
}

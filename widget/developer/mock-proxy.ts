/** A proxy for one customer that lives in the page and answers as its scenario says. No network, no store, no element. */
import type { Access, ErrorCode, OfferAnswer, Outcome, Problem } from '../../proxy/contract.js';
import type { MockReply, MockScenario } from '../flow/question/mock-scenario.js';

type Body = OfferAnswer | Outcome | { readonly access: Access; readonly value?: string };

/** As long as a real proxy takes, so that the button says that it waits. */
const ACCEPTS_AFTER_MS = 600;

const STATUSES: Partial<Record<ErrorCode, number>> = { not_found: 404, offer_expired: 410 };

/** `fetch` for the routes that a browser may call. */
export function createMockProxy({
  offers,
  outcomes = [],
  level,
  isAccepted,
}: MockScenario): (request: Request) => Promise<Response> {
  let asked = 0;
  let isCompleted = false;

  return async function answer(request) {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith('/offers')) return replyTo(request, await offered(request));
    if (pathname.endsWith('/events')) return new Response(null, { status: 202 });
    if (pathname.endsWith('/fulfillments')) {
      if (!isAccepted) await new Promise((resolve) => setTimeout(resolve, ACCEPTS_AFTER_MS));
      return replyTo(request, nextOutcome());
    }
    if (pathname.includes('/entitlements/'))
      return replyTo(request, { access: access(), ...(level && { value: level }) });
    // It knows no acceptance of an earlier page.
    return replyTo(request, asked > 0 ? nextOutcome() : { problem: 'not_found' });
  };

  async function offered(request: Request): Promise<MockReply<OfferAnswer>> {
    if (typeof offers === 'string' || 'problem' in offers) return offers;
    const { feature } = await request.json();
    const known = feature ? { access: access(), ...offers } : offers;
    return isCompleted ? { ...(feature && { access: 'granted' }), offer: null, why: 'entitled' } : known;
  }

  function nextOutcome(): MockReply<Outcome> {
    const outcome = outcomes[Math.min(asked, outcomes.length - 1)] ?? { problem: 'not_found' };
    asked += 1;
    isCompleted = typeof outcome === 'object' && 'status' in outcome && outcome.status === 'completed';
    return outcome;
  }

  function access(): Access {
    const told = typeof offers === 'object' && 'access' in offers ? offers.access : undefined;
    return isCompleted ? 'granted' : (told ?? 'denied');
  }
}

async function replyTo({ signal }: Request, reply: MockReply<Body>): Promise<Response> {
  signal.throwIfAborted();
  if (reply === 'silence') return new Promise(() => {});
  if (reply === 'no_network') throw new TypeError('the mock has no network');
  if (!('problem' in reply)) return Response.json(reply);
  const { problem: code } = reply;
  const status = STATUSES[code] ?? 503;
  const problem: Problem = {
    type: `urn:upgrade-offer:${code}`,
    title: 'the mock says so',
    status,
    code,
    requestId: 'mock',
  };
  return Response.json(problem, { status, headers: { 'Content-Type': 'application/problem+json' } });
}

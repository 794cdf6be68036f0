/**
 * Gives an element with `mock` a proxy of its own that never leaves the page. It acts on the element as any page could, by
 * its events and methods, and imports nothing of it but types.
 */
import type { MockScenario } from '../flow/question/mock-scenario.js';
import { createMockProxy } from './mock-proxy.js';
import { isMockName, mockScenarios } from './mock-scenarios.js';

type Mock = string | MockScenario;

/** An element, or `gate` on its behalf. */
interface Caller {
  readonly mock?: Mock | undefined;
}

/** The element, or an offer that the page draws itself. */
interface Mocked extends EventTarget, Caller {
  accept(): Promise<void>;
}

interface Play {
  readonly mock: Mock;
  readonly answer: (request: Request) => Promise<Response>;
}

/** Lasts while the element keeps its mock. */
const plays = new WeakMap<Caller, Play>();

/** `fetch` for a caller with a mock. */
export function mock(caller: Caller, url: string, init: RequestInit): Promise<Response> {
  return playFor(caller).answer(new Request(url, init));
}

function playFor(caller: Caller): Play {
  const { mock = 'nothing' } = caller;
  const current = plays.get(caller);
  if (current?.mock === mock) return current;
  const scenario = typeof mock === 'string' ? named(mock) : mock;
  const play = { mock, answer: createMockProxy(scenario) };
  plays.set(caller, play);
  if (isMocked(caller)) {
    caller.addEventListener('offer-redirect', stay);
    caller.addEventListener('offer-checkout', stay);
    if (scenario.isAccepted) caller.addEventListener('offer-ready', accept, { once: true });
  }
  return play;

  function accept(): void {
    if (isMocked(caller) && plays.get(caller) === play) void caller.accept();
  }
}

/** One fixture, or the offer of one that goes on as another does. */
function named(mock: string): MockScenario {
  const [first = '', next = first, ...more] = mock.split(' then ');
  if (!isMockName(first) || !isMockName(next) || more.length > 0) {
    throw unknownMock(mock);
  }
  const { outcomes = [] }: MockScenario = mockScenarios[next];
  return first === next ? mockScenarios[first] : { offers: mockScenarios[first].offers, outcomes };
}

/** By its name it is what a call to the proxy rejects with: nothing of it may be imported here. */
function unknownMock(mock: string): Error {
  const names = Object.keys(mockScenarios).join(', ');
  const error = new Error(
    `Failed to play mock="${mock}": there is no such fixture. Use one of: ${names}; or two, as in "one-option then redirect".`,
  );
  return Object.assign(error, { name: 'ProxyError', code: 'unknown_mock', retryAfterMs: Infinity });
}

/** The page of a mock stays where it is. */
function stay(event: Event): void {
  const { currentTarget } = event;
  if (currentTarget && Reflect.get(currentTarget, 'mock')) event.preventDefault();
}

function isMocked(caller: Caller): caller is Mocked {
  return caller instanceof EventTarget && 'accept' in caller;
}

/** One request for all elements of a page that ask the same at the same moment. */
import type { Answer } from '../offer-state.js';
import { ageMs } from '../wait.js';
import { readAnswer } from './answers.js';
import { pageMemory } from './page-memory.js';
import type { Call } from './proxy-call.js';
import { customerKey, requestOf, type Asker } from './question.js';

/** A new element may reuse an answer this old. Older ones are forgotten. */
export const REUSED_FOR_MS = 2_000;

/**
 * `POST /offers`. The request goes on when the one who asked has left the page: a router may put the element back, or
 * another one in its place, and that one joins it. One that is refused is not sent again for nobody.
 * @param maxAgeMs how long ago another element may have asked the same for its answer to be reused.
 * @param isAsked the customer wants to see an offer, or sees it already: the proxy then counts no views.
 * @param signal aborted when the asker no longer waits for the answer.
 * @param own is not reused: the element has that answer.
 */
export function askTogether(
  asker: Asker,
  call: Call,
  maxAgeMs: number,
  isAsked: boolean,
  signal: AbortSignal,
  own?: Promise<Answer>,
): Promise<Answer> {
  const request = requestOf(asker);
  const key = JSON.stringify([customerKey(asker), request, isAsked]);
  const getToken = sharedToken(asker);
  const memory = pageMemory();
  memory.asked = memory.asked.filter(({ at }) => ageMs(at) <= REUSED_FOR_MS);
  const asked = memory.asked.find(
    (each) => each.key === key && each.getToken === getToken && each.answer !== own && ageMs(each.at) <= maxAgeMs,
  );
  if (asked) {
    asked.signals.push(signal);
    return asked.answer;
  }

  const signals = [signal];
  const answer = call(['offers'], { body: request, query: isAsked && 'asked=true', signals }).then(readAnswer);
  const question = { key, getToken, at: Date.now(), signals, answer };
  memory.asked = [...memory.asked, question];
  // Nobody may join a question that has failed.
  answer.catch(() => (memory.asked = memory.asked.filter((each) => each !== question)));
  return answer;
}

/** A mock answers one element only, so it gets an object that equals nothing. */
function sharedToken({ mock, token, getToken }: Asker): unknown {
  if (mock) return {};
  return token ? undefined : getToken;
}

/** One request for all elements of a page that ask the same at the same moment. */
import type { OfferAnswer } from '../proxy/contract.js';
import { askForOffer, type Call } from './offer-api.js';
import { pageMemory, type AskedQuestion } from './page-memory.js';
import { requestOf, type Asker } from './question.js';

/** Nobody joins an answer that is older. */
const KEPT_MS = 2_000;

/**
 * @param maxAgeMs how long ago the same question may have been asked for its answer to do.
 * @param signal ends the request, unless another element still waits for its answer.
 */
export function askTogether(asker: Asker, call: Call, maxAgeMs: number, signal: AbortSignal): Promise<OfferAnswer> {
  const request = requestOf(asker);
  const key = JSON.stringify([asker.proxy, asker.token, request]);
  // A mock answers one element only.
  const getToken = asker.mock ? {} : asker.token ? undefined : asker.getToken;
  const memory = pageMemory();

  memory.asked = memory.asked.filter(({ at }) => Date.now() - at <= KEPT_MS);
  let question = memory.asked.find(
    (asked) => asked.key === key && asked.getToken === getToken && Date.now() - asked.at <= maxAgeMs,
  );
  if (!question) {
    question = { key, getToken, at: Date.now(), ...shared((ended) => askForOffer(call, request, ended)) };
    memory.asked = [...memory.asked, question];
  }
  question.join(signal);
  return question.answer;
}

/** The request lives as long as anybody waits for it. */
function shared(ask: (signal: AbortSignal) => Promise<OfferAnswer>): Pick<AskedQuestion, 'answer' | 'join'> {
  const request = new AbortController();
  let waiting = 0;
  return {
    answer: ask(request.signal),
    join(signal) {
      waiting += 1;
      signal.addEventListener('abort', () => (waiting -= 1) || request.abort(), { once: true });
    },
  };
}

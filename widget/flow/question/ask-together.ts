/** One request for all elements of a page that ask the same at the same moment. */
import type { Answer } from '../offer-state.js';
import { readAnswer } from './answers.js';
import { pageMemory, type AskedQuestion } from './page-memory.js';
import type { Call } from './proxy-call.js';
import { customerKey, requestOf, type Asker } from './question.js';

/** A new element may reuse an answer this old. Older ones are forgotten. */
export const REUSED_FOR_MS = 2_000;

/**
 * `POST /offers`
 * @param maxAgeMs how long ago another element may have asked the same for its answer to be reused.
 * @param signal ends the request, unless another element still waits for its answer.
 */
export function askTogether(asker: Asker, call: Call, maxAgeMs: number, signal: AbortSignal): Promise<Answer> {
  const request = requestOf(asker);
  const key = JSON.stringify([customerKey(asker), request]);
  const getToken = sharedToken(asker);
  const memory = pageMemory();

  // Nobody may join a request that was aborted.
  memory.asked = memory.asked.filter(({ at, ended }) => Date.now() - at <= REUSED_FOR_MS && !ended.aborted);
  let question = memory.asked.find(
    (asked) => asked.key === key && asked.getToken === getToken && Date.now() - asked.at <= maxAgeMs,
  );
  if (!question) {
    const ask = async (ended: AbortSignal) => readAnswer(await call(['offers'], { body: request, signal: ended }));
    question = { key, getToken, at: Date.now(), ...shared(ask) };
    memory.asked = [...memory.asked, question];
  }
  question.join(signal);
  return question.answer;
}

/** A mock answers one element only, so it gets an object that equals nothing. */
function sharedToken({ mock, token, getToken }: Asker): unknown {
  if (mock) return {};
  return token ? undefined : getToken;
}

/** The request lives as long as an element waits for it. */
function shared(ask: (signal: AbortSignal) => Promise<Answer>): Pick<AskedQuestion, 'answer' | 'ended' | 'join'> {
  const request = new AbortController();
  let waiting = 0;
  return {
    answer: ask(request.signal),
    ended: request.signal,
    join(signal) {
      waiting += 1;
      signal.addEventListener('abort', () => (waiting -= 1) || request.abort(), { once: true });
    },
  };
}

/** The one place where an error becomes an HTTP answer: an RFC 9457 problem with the headers that belong to its status. */
import type { Context } from 'hono';
import { RequestError, toProblem } from '../errors.js';
import type { Log } from '../log.js';
import type { Env } from './env.js';

/** What to answer, for Hono and for Node alike. */
export type ProblemAnswer = ReturnType<typeof toAnswer>;

function toAnswer(error: unknown, requestId: string) {
  const problem = toProblem(error, requestId);
  const headers: Record<string, string> = { 'Content-Type': 'application/problem+json' };
  if (error instanceof RequestError && error.retryAfterMs !== undefined) {
    headers['Retry-After'] = String(Math.ceil(error.retryAfterMs / 1_000));
  }
  if (problem.status === 401) {
    headers['WWW-Authenticate'] = problem.code === 'wrong_webhook_credentials' ? 'Basic' : 'Bearer';
  }
  return { status: problem.status, headers, body: JSON.stringify(problem) };
}

/** An operator has to know about a 5xx, and why the proxy did not know who sent a request. */
export function createAnswer(log: Log) {
  return function answer(error: Error, requestId: string): ProblemAnswer {
    const answered = toAnswer(error, requestId);
    if (answered.status >= 500) log.error({ err: error, requestId }, 'Failed to answer a request.');
    if (answered.status === 401 && error instanceof RequestError) {
      // The message is what the developer of the page reads in its console.
      log.info(
        { requestId, code: error.code, detail: error.detail },
        `Refused a request that does not prove who sends it: ${error.message}`,
      );
    }
    return answered;
  };
}

/** The app's error handler. It answers through the context, so that headers set before (CORS, request id) stay. */
export function answerProblem(log: Log) {
  const answer = createAnswer(log);
  return function answerProblem(error: Error, c: Context<Env>): Response {
    const { status, headers, body } = answer(error, c.get('requestId'));
    return c.body(body, status, headers);
  };
}

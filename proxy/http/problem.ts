/** The one place where an error becomes an HTTP answer: an RFC 9457 problem with the headers that belong to its status. */
import type { Context } from 'hono';
import { RequestError, toProblem } from '../errors.js';
import type { Log } from '../log.js';
import type { Env } from './env.js';

/** Answers through the context, so that headers set before the failure (CORS, request id) stay on the answer. */
function problem(c: Pick<Context, 'header' | 'body'>, error: unknown, requestId: string): Response {
  const answer = toProblem(error, requestId);
  if (error instanceof RequestError && error.retryAfterMs !== undefined) {
    c.header('Retry-After', String(Math.ceil(error.retryAfterMs / 1_000)));
  }
  if (answer.status === 401) {
    c.header('WWW-Authenticate', answer.code === 'wrong_webhook_credentials' ? 'Basic' : 'Bearer');
  }
  c.header('Content-Type', 'application/problem+json');
  return c.body(JSON.stringify(answer), answer.status);
}

/** An operator has to know about a 5xx and why somebody is a stranger. */
export function createAnswer(log: Log) {
  return function answer(c: Pick<Context, 'header' | 'body'>, error: Error, requestId: string): Response {
    const response = problem(c, error, requestId);
    if (response.status >= 500) log.error({ err: error, requestId }, 'Failed to answer a request.');
    if (response.status === 401 && error instanceof RequestError) {
      // The message is what the developer of the page reads in its console.
      log.info(
        { requestId, code: error.code, detail: error.detail },
        `Refused a request, which proves nobody: ${error.message}`,
      );
    }
    return response;
  };
}

/** The app's error handler. */
export function answerProblem(log: Log) {
  const answer = createAnswer(log);
  return function answerProblem(error: Error, c: Context<Env>): Response {
    return answer(c, error, c.get('requestId'));
  };
}

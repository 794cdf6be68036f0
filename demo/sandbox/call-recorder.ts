/** Middleware that records every API call and its answer, with the customer it was about where that is known. */
import type { Context, MiddlewareHandler } from 'hono';
import type { SubjectOf } from './call-subject.js';
import { operationOf } from './operation.js';
import type { Journal } from './records.js';
import { sentBody } from './sent-body.js';

export interface CallRecorderOptions {
  readonly now: () => number;
  readonly journal: Journal;
  readonly subjectOf: SubjectOf;
  readonly log: (line: string) => void;
}

export function callRecorder({ now, journal, subjectOf, log }: CallRecorderOptions): MiddlewareHandler {
  return async function recordCall(c, next) {
    const at = now();
    await next();
    const body = await sentBody(c.req);
    const subject = await subjectOf(c.req);
    const { pathname, search } = new URL(c.req.url);
    journal.calls.push({
      at,
      operation: operationOf(c.req.method, c.req.path).name,
      method: c.req.method,
      path: pathname + search,
      status: c.res.status,
      ...subject,
      body,
      answer: await answerOf(c),
    });
    log(`${c.req.method} ${pathname}${search} ${c.res.status || 'dropped'} ${subject.customer_id ?? ''}`.trimEnd());
  };
}

async function answerOf({ res }: Context): Promise<unknown> {
  if (!res.headers.get('content-type')?.startsWith('application/json')) return undefined;
  return res
    .clone()
    .json()
    .catch(() => undefined);
}

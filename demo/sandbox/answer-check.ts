/**
 * Middleware that checks each answer of the sandbox against Chargebee's documents (`spec.ts`). It changes no answer. Answers
 * that are off-spec on purpose are left out: those of such a fault, and those about the customers of such a scenario.
 */
import type { MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import type { SubjectOf } from './call-subject.js';
import { operationOf } from './operation.js';
import type { Scenarios } from './scenarios.js';
import { shapeOf } from './spec.js';

export interface AnswerCheckOptions {
  readonly subjectOf: SubjectOf;
  readonly scenarios: Scenarios;
  /** Whether a fault spoils the answer to this request on purpose. */
  readonly isSpoiled: (request: Request) => boolean;
  /** Called with a sentence that names the call, the shape and the path in it. */
  readonly onOffSpec: (mistake: string) => void;
}

export function answerCheck({ subjectOf, scenarios, isSpoiled, onOffSpec }: AnswerCheckOptions): MiddlewareHandler {
  return async function checkAnswer(c, next) {
    await next();
    if (isSpoiled(c.req.raw)) return;
    const { customer_id, subscription_id } = await subjectOf(c.req);
    if (scenarios.of(customer_id ?? subscription_id ?? '').offSpec !== undefined) return;
    const { name } = operationOf(c.req.method, c.req.path);
    const mistakes = await mistakesOf(name, c.res.clone());
    for (const mistake of mistakes) onOffSpec(`${c.req.method} ${c.req.path} was answered off-spec: ${mistake}`);
  };
}

async function mistakesOf(operation: string, answer: Response): Promise<string[]> {
  const shape = shapeOf(operation, answer.status);
  if (!shape) return [`Chargebee does not answer ${operation} with ${answer.status}`];
  const retryAfter = answer.headers.get('retry-after');
  const mistakesOfHeaders =
    retryAfter === null || /^\d+$/.test(retryAfter) ? [] : [`Retry-After is no number of seconds: ${retryAfter}`];
  const body = await answer.text();
  if (!shape.body) return [...mistakesOfHeaders, ...(body === '' ? [] : [`${shape.name} has a body: ${body}`])];
  if (!answer.headers.get('content-type')?.startsWith('application/json')) {
    return [...mistakesOfHeaders, `${shape.name} is not JSON`];
  }
  const { issues = [] } = v.safeParse(shape.body, jsonOf(body));
  return [
    ...mistakesOfHeaders,
    ...issues.map((issue) => `${[shape.name, v.getDotPath(issue)].filter(Boolean).join('.')}: ${issue.message}`),
  ];
}

/** @returns `undefined`, which no shape allows, for text that is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a route reads from a request: its id, its body, its query. Each is parsed, or the request is refused. */
import type { Context } from 'hono';
import * as v from 'valibot';
import { Id } from '../contract.js';
import { RequestError } from '../errors.js';
import type { Env } from './env.js';

/** A malformed id is answered like an unknown one. It reaches neither Chargebee nor the store. */
export function id(c: Context<Env>): string {
  const parsed = v.safeParse(Id, c.req.param('id'));
  if (!parsed.success) throw new RequestError('not_found');
  return parsed.output;
}

/** @throws RequestError `invalid_request`. */
export async function body<const S extends v.GenericSchema>(c: Context<Env>, schema: S): Promise<v.InferOutput<S>> {
  const json: unknown = await c.req.json().catch((cause: unknown) => {
    throw new RequestError('invalid_request', 'The body is not JSON.', { cause });
  });
  return parse(schema, json);
}

/** @throws RequestError `invalid_request`. */
export function query<const S extends v.GenericSchema>(c: Context<Env>, schema: S): v.InferOutput<S> {
  return parse(schema, c.req.query());
}

function parse<const S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new RequestError('invalid_request', `${v.getDotPath(issue) ?? 'The request'}: ${issue.message}`);
}

/** What a route reads from a request: its id, its body, its query. Each is parsed, or the request is refused. */
import type { Context } from 'hono';
import * as v from 'valibot';
import { Id } from '../contract.js';
import { RequestError } from '../errors.js';
import { arrived } from './arrival.js';
import type { Env } from './env.js';

/** Of an offer or a fulfillment. A malformed id is answered like an unknown one. It reaches neither Chargebee nor the store. */
export function id(c: Context<Env>): string {
  return knownId(c.req.param('id'));
}

/** @throws RequestError `not_found`. */
export function knownId(sent: unknown): string {
  if (!v.is(Id, sent)) throw new RequestError('not_found');
  return sent;
}

/** @throws RequestError `invalid_request`. */
export function featureId(c: Context<Env>): string {
  return parse(Id, c.req.param('id'), 'The id');
}

/** @throws RequestError `invalid_request`. */
export async function body<const S extends v.GenericSchema>(c: Context<Env>, schema: S): Promise<v.InferOutput<S>> {
  const json: unknown = await arrived(c.req.json()).catch((cause: unknown) => {
    if (cause instanceof RequestError) throw cause;
    throw new RequestError('invalid_request', 'The body is not JSON.', { cause });
  });
  const flaw = flawIn(json);
  if (flaw) throw new RequestError('invalid_request', flaw);
  return parse(schema, json);
}

/** @throws RequestError `invalid_request`. */
export function query<const S extends v.GenericSchema>(c: Context<Env>, schema: S): v.InferOutput<S> {
  return parse(schema, c.req.query());
}

/** @throws RequestError `invalid_request`. */
export function parse<const S extends v.GenericSchema>(
  schema: S,
  input: unknown,
  what = 'The request',
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new RequestError('invalid_request', `${v.getDotPath(issue) ?? what}: ${issue.message}`);
}

/** Valibot drops these names from an object without a word. */
const RESERVED_NAMES: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor']);

/** @returns what Valibot would take without a word: a list counts as an object, and a reserved name is dropped. */
function flawIn(json: unknown, path = ''): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  if (Array.isArray(json)) return `${path || 'The request'}: must be an object, not a list.`;
  for (const [name, value] of Object.entries(json)) {
    const inside = path === '' ? name : `${path}.${name}`;
    if (RESERVED_NAMES.has(name)) return `${inside}: JavaScript reserves this name. Use another one.`;
    const flaw = flawIn(value, inside);
    if (flaw) return flaw;
  }
  return undefined;
}

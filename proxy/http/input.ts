/** What a route reads from a request: its id, its body, its query. Each is parsed, or the request is refused. */
import type { Context } from 'hono';
import * as v from 'valibot';
import { CompanyId, Id } from '../contract.js';
import { RequestError } from '../errors.js';
import type { Env } from './env.js';

/** A malformed id is answered like an unknown one. It reaches neither Chargebee nor the store. */
export function id(c: Context<Env>): string {
  const parsed = v.safeParse(Id, c.req.param('id'));
  if (!parsed.success) throw new RequestError('not_found');
  return parsed.output;
}

/** The id of a feature, which the company chose. @throws RequestError `invalid_request`. */
export function companyId(c: Context<Env>): string {
  return parse(CompanyId, c.req.param('id'), 'The id');
}

/** @throws RequestError `invalid_request`. */
export async function body<const S extends v.GenericSchema>(c: Context<Env>, schema: S): Promise<v.InferOutput<S>> {
  const json: unknown = await c.req.json().catch((cause: unknown) => {
    throw new RequestError('invalid_request', 'The body is not JSON.', { cause });
  });
  const reserved = reservedName(json);
  if (reserved)
    throw new RequestError('invalid_request', `${reserved}: JavaScript reserves this name. Use another one.`);
  return parse(schema, json);
}

/** @throws RequestError `invalid_request`. */
export function query<const S extends v.GenericSchema>(c: Context<Env>, schema: S): v.InferOutput<S> {
  return parse(schema, c.req.query());
}

function parse<const S extends v.GenericSchema>(schema: S, input: unknown, what = 'The request'): v.InferOutput<S> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new RequestError('invalid_request', `${v.getDotPath(issue) ?? what}: ${issue.message}`);
}

/** Valibot drops these names from an object without a word. */
const RESERVED_NAMES: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor']);

/** @returns the path of the first name that valibot would drop without a word. */
function reservedName(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  for (const [name, value] of Object.entries(json)) {
    if (RESERVED_NAMES.has(name)) return name;
    const inside = reservedName(value);
    if (inside) return `${name}.${inside}`;
  }
  return undefined;
}

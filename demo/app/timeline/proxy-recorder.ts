/**
 * Middleware that writes down each call to the proxy: of the element on a page, of the app's backend, of Chargebee.
 * Of a credential it keeps the kind, never the value.
 */
import type { MiddlewareHandler } from 'hono';
import { decodeJwt } from 'jose';
import * as v from 'valibot';
import { UserId, users } from '../backend/users.js';
import type { Note } from './timeline-entry.js';
import { answerOf, bodyOf } from './json-body.js';

/** The widget's own files are none of the story. */
const ROUTE = /\/(offers|fulfillments|entitlements|webhooks)(\/|$)/;
/** Long, and in the JSON. */
const ID = /(?<=\/)(offers|fulfillments)\/[^/]+/;

/** The page's report, or Chargebee's webhook. */
const Event = v.object({ type: v.optional(v.string()), event_type: v.optional(v.string()) });

const Answer = v.object({
  access: v.optional(v.string()),
  offer: v.nullish(v.object({ id: v.string() })),
  why: v.optional(v.string()),
  status: v.optional(v.union([v.string(), v.number()])),
  code: v.optional(v.string()),
  value: v.optional(v.string()),
  fulfillments: v.optional(v.array(v.unknown())),
});

export function proxyRecorder(note: Note, now: () => number): MiddlewareHandler {
  return async function recordProxyCall(c, next) {
    const { method, path } = c.req;
    const start = path.search(ROUTE);
    if (start < 0) return next();
    const at = now();
    const authorization = c.req.header('authorization');
    // A browser says on which page a call was made; a server makes none on a page.
    const isFromPage = c.req.header('sec-fetch-site') !== undefined;
    const body = bodyOf(c.req.raw);
    await next();
    const { status, ok } = c.res;
    const tookMs = now() - at;
    const [request, answer] = await Promise.all([body, answerOf(c.res)]);
    note({
      at,
      actor: 'proxy',
      who: isFromPage ? ownerOf(authorization) : serverOf(authorization),
      what: `${method} ${path.slice(start).replace(ID, '$1/…')}`,
      about: [status, ...wordsOf(answer, request)].join(', '),
      isRefused: !ok,
      json: {
        method,
        path,
        ...(authorization && { authorization: kindOf(authorization) }),
        request,
        status,
        tookMs,
        answer,
      },
    });
  };
}

function kindOf(authorization: string): string {
  return `${authorization.split(' ', 1)[0]} ...`;
}

function serverOf(authorization = ''): string {
  return authorization.startsWith('Basic ') ? 'Chargebee' : 'Halyard';
}

/** For showing only: whether the token is genuine is the proxy's to find out. */
function ownerOf(authorization = ''): string {
  try {
    const id = decodeJwt(authorization.replace(/^Bearer /, ''))['external_user_id'];
    return v.is(UserId, id) ? users[id].firstName : 'somebody';
  } catch {
    return 'somebody';
  }
}

/** What matters of a call: one look must do. */
function wordsOf(answer: unknown, request: unknown): string[] {
  const { type, event_type } = v.is(Event, request) ? request : {};
  const { access, offer, why, status, code, value, fulfillments } = v.is(Answer, answer) ? answer : {};
  const standing = typeof status === 'string' ? status : undefined;
  const open = fulfillments && `${fulfillments.length} open`;
  return [type, event_type, access, offer && 'an offer', why, code ?? standing, value, open].filter(
    (word) => typeof word === 'string',
  );
}

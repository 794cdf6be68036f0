/**
 * Middleware that records each call to the proxy, from the element on a page, the app's backend or Chargebee.
 * It records the scheme of a credential, never its value.
 */
import type { MiddlewareHandler } from 'hono';
import { decodeJwt } from 'jose';
import * as v from 'valibot';
import { findUser } from '../backend/users.js';
import type { Note } from './timeline-entry.js';
import { answerOf, bodyOf } from './json-body.js';

/** Leaves out the widget's own files. */
const ROUTE = /\/(offers|fulfillments|entitlements|webhooks)(\/|$)/;
/** Ids are long, and the JSON has them anyway. */
const ID = /(?<=\/)(offers|fulfillments)\/[^/]+/;

/** An event that the page reports, or one in Chargebee's webhook. */
const Event = v.object({ type: v.optional(v.string()), event_type: v.optional(v.string()) });

const Answer = v.object({
  access: v.optional(v.string()),
  offer: v.nullish(v.object({ id: v.string(), campaignId: v.optional(v.string()) })),
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
    // Only browsers send this header.
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

/** For display only: the proxy verifies the token. */
function ownerOf(authorization = ''): string {
  try {
    const id = decodeJwt(authorization.replace(/^Bearer /, ''))['external_user_id'];
    return findUser(id)?.firstName ?? 'somebody';
  } catch {
    return 'somebody';
  }
}

/** The parts of a call that fit on one line. */
function wordsOf(answer: unknown, request: unknown): string[] {
  const { type, event_type } = v.is(Event, request) ? request : {};
  const { access, offer, why, status, code, value, fulfillments } = v.is(Answer, answer) ? answer : {};
  const outcomeStatus = typeof status === 'string' ? status : undefined;
  const open = fulfillments && `${fulfillments.length} open`;
  return [
    type,
    event_type,
    access,
    offer && 'an offer',
    offer?.campaignId,
    why,
    code ?? outcomeStatus,
    value,
    open,
  ].filter((word) => typeof word === 'string');
}

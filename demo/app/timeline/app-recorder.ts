/** Middleware that writes down what a person did to the app itself: signed in as somebody, paid, or gave up paying. */
import type { MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import type { SignedIn } from '../backend/session.js';
import { UserId, users } from '../backend/users.js';
import type { Note } from './timeline-entry.js';
import { answerOf, bodyOf } from './json-body.js';

const ACTS: Readonly<Record<string, string>> = {
  session: 'Signed in',
  upgrade: 'Paid',
  'upgrade/decline': 'Had the card declined',
};

const SignIn = v.object({ user: UserId });

export function appRecorder(note: Note, now: () => number): MiddlewareHandler<SignedIn> {
  return async function recordAppCalls(c, next) {
    const what = ACTS[c.req.path.replace(/^.*\/api\//, '')];
    if (c.req.method !== 'POST' || !what) return next();
    const at = now();
    const body = bodyOf(c.req.raw);
    await next();
    const json = { request: await body, status: c.res.status, answer: await answerOf(c.res) };
    const user = v.is(SignIn, json.request) ? users[json.request.user] : c.var.user;
    const isRefused = !c.res.ok;
    const about = isRefused ? `Refused: ${c.res.status}` : '';
    note({ at, actor: 'person', who: user?.firstName ?? 'Somebody', what, about, isRefused, json });
  };
}

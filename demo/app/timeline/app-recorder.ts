/** Middleware that records what a person did in the app itself: signed in, paid, or had the card declined. */
import type { MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import type { SignedIn } from '../backend/session.js';
import { findUser, UserId } from '../backend/users.js';
import type { Note } from './timeline-entry.js';
import { answerOf, bodyOf } from './json-body.js';

const ACTIONS: Readonly<Record<string, string>> = {
  session: 'Signed in',
  upgrade: 'Paid',
  'upgrade/decline': 'Had the card declined',
};

const SignIn = v.object({ user: UserId });

export function appRecorder(note: Note, now: () => number): MiddlewareHandler<SignedIn> {
  return async function recordAppCalls(c, next) {
    const what = ACTIONS[c.req.path.replace(/^.*\/api\//, '')];
    if (c.req.method !== 'POST' || !what) return next();
    const at = now();
    const body = bodyOf(c.req.raw);
    await next();
    const json = { request: await body, status: c.res.status, answer: await answerOf(c.res) };
    const user = v.is(SignIn, json.request) ? findUser(json.request.user) : c.var.user;
    const isRefused = !c.res.ok;
    const about = isRefused ? `Refused: ${c.res.status}` : '';
    note({ at, actor: 'person', who: user?.firstName ?? 'Somebody', what, about, isRefused, json });
  };
}

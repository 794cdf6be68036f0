/**
 * Who is signed in: a signed cookie that holds the user's id and nothing else. Customer and subscription are looked up
 * on the server, so nobody can send another company's ids.
 */
import type { Context } from 'hono';
import { getSignedCookie, setSignedCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { findUser, type User } from './users.js';

export interface SignedIn {
  Variables: { user: User };
}

const COOKIE = 'halyard_session';

export function createSession(secret: string) {
  async function userOf(c: Context): Promise<User | undefined> {
    return findUser(await getSignedCookie(c, secret, COOKIE));
  }

  async function open(c: Context, userId: string): Promise<void> {
    const secure = new URL(c.req.url).protocol === 'https:';
    await setSignedCookie(c, COOKIE, userId, secret, { path: '/app', httpOnly: true, sameSite: 'Lax', secure });
  }

  return {
    open,

    /** For the API: 401 without a session, otherwise it sets `c.var.user`. */
    required: createMiddleware<SignedIn>(async function sessionRequired(c, next) {
      const user = await userOf(c);
      if (!user) throw new HTTPException(401, { message: 'Nobody is signed in. Reload the page.' });
      c.set('user', user);
      await next();
    }),

    /** For the pages: the sample app has no sign-in form, so a new visitor is signed in as Ada. */
    welcome: createMiddleware(async function welcome(c, next) {
      if (!(await userOf(c))) await open(c, 'ada');
      c.header('Cache-Control', 'no-cache');
      await next();
    }),
  };
}

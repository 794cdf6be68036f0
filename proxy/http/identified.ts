/** Lets through requests of a proven customer and hands that customer to the route. */
import { createMiddleware } from 'hono/factory';
import type { OfferAnswer } from '../contract.js';
import type { Counters } from '../counters.js';
import type { Identify } from '../customer.js';
import { RequestError } from '../errors.js';
import type { Env } from './env.js';
import { note } from './note.js';

export function identified(identify: Identify) {
  return createMiddleware<Env>(async function identified(c, next) {
    const customer = await identify(c.req.raw);
    if (!customer) throw new RequestError('unauthenticated');
    c.set('customer', customer);
    await next();
  });
}

/** For pages that visitors see who are not signed in: to have no offer for them is an answer, not an error. */
export function identifiedOrSignedOut(identify: Identify, counters: Counters) {
  const signedOut: OfferAnswer = { offer: null, why: 'signed_out' };
  return createMiddleware<Env>(async function identifiedOrSignedOut(c, next) {
    const customer = await identify(c.req.raw);
    if (!customer) {
      counters.answer({ access: 'not asked', why: 'signed_out' });
      note(c, { why: 'signed_out' });
      return c.json(signedOut);
    }
    c.set('customer', customer);
    return next();
  });
}

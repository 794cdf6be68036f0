/** Lets through requests of a proven customer and hands that customer to the route. */
import { createMiddleware } from 'hono/factory';
import type { Identify } from '../customer.js';
import { RequestError } from '../errors.js';
import type { Env } from './env.js';

export function identified(identify: Identify) {
  return createMiddleware<Env>(async function identified(c, next) {
    const customer = await identify(c.req.raw);
    if (!customer) throw new RequestError('unauthenticated');
    c.set('customer', customer);
    await next();
  });
}

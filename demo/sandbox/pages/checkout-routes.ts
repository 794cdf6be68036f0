/** The routes of the hosted checkout pages: opening one, and its buttons. */
import { Hono } from 'hono';
import type { Checkouts } from '../checkouts.js';
import { checkoutPage, returnUrl } from './checkout-page.js';

export function checkoutRoutes(checkouts: Checkouts): Hono {
  const routes = new Hono();
  routes.get('/:id', (c) => {
    const checkout = checkouts.visit(c.req.param('id'));
    return c.html(checkoutPage(checkout, checkouts.isOpen(checkout), c.req.query('redirect_url')));
  });
  routes.post('/:id', async (c) => {
    const { choice } = await c.req.parseBody();
    const checkout = choice === 'pay' ? checkouts.pay(c.req.param('id')) : checkouts.cancel(c.req.param('id'));
    return c.redirect(returnUrl(checkout, c.req.query('redirect_url')) ?? c.req.path, 303);
  });
  return routes;
}

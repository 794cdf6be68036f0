/** The routes of the hosted checkout pages: opening one, and its buttons. */
import { Hono } from 'hono';
import type { Checkouts } from '../checkouts.js';
import { checkoutPage, returnUrl } from './checkout-page.js';
import { wayBack, webUrl } from './way-back.js';

export function checkoutRoutes(checkouts: Checkouts): Hono {
  const routes = new Hono();
  routes.get('/:id', (c) => {
    const checkout = checkouts.visit(c.req.param('id'));
    const back = webUrl(c.req.query('redirect_url'))?.href ?? wayBack(c);
    return c.html(checkoutPage({ checkout, isOpen: checkouts.isOpen(checkout), back }));
  });
  routes.post('/:id', async (c) => {
    const { choice, back } = await c.req.parseBody();
    const checkout = choice === 'pay' ? checkouts.pay(c.req.param('id')) : checkouts.cancel(c.req.param('id'));
    const ended = typeof back === 'string' ? `${c.req.path}?${new URLSearchParams({ back })}` : c.req.path;
    return c.redirect(returnUrl(checkout, c.req.query('redirect_url')) ?? ended, 303);
  });
  return routes;
}

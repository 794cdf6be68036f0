/** The routes of the page that stands in for the app's upgrade page. Its buttons report as the app's backend would. */
import { Hono } from 'hono';
import type { Site } from '../site.js';
import { landingPage } from './landing-page.js';
import { PATHS } from './page.js';
import { wayBack } from './way-back.js';

export function landingRoutes(site: Site): Hono {
  const routes = new Hono();
  routes.get('/', (c) => {
    const { customer_id: customerId, ended: endedId } = c.req.query();
    return c.html(landingPage({ site, customerId, endedId, back: wayBack(c) }));
  });
  routes.post('/:id', async (c) => {
    const id = c.req.param('id');
    const { status, back } = await c.req.parseBody();
    site.fulfillments.report(
      id,
      status === 'completed' ? { status } : { status: 'failed', failure_reason: 'The card was declined.' },
    );
    const query = new URLSearchParams({ ended: id, ...(typeof back === 'string' && { back }) });
    return c.redirect(`${PATHS.landing}?${query}`, 303);
  });
  return routes;
}

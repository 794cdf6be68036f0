import { serve } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { openOfferProxy, readConfig } from 'upgrade-offer/proxy';

const proxy = await openOfferProxy(readConfig(process.env));

const app = new Hono();
app.route('/', proxy.app);
app.get('/api/report', proxy.requireEntitlement('advanced-analytics'), showReport); // the same rule for your own routes

const server = serve({ fetch: app.fetch, port: Number(process.env['PORT']), hostname: '127.0.0.1' });

process.once('SIGTERM', () => {
  server.close(() => proxy.close());
});

function showReport(c: Context): Response {
  return c.text('the report');
}

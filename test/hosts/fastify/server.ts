import { fastify } from 'fastify';
import { openOfferProxy, readConfig } from 'upgrade-offer/proxy';

const proxy = await openOfferProxy(readConfig(process.env));
const guard = proxy.requireEntitlement('advanced-analytics');

const app = fastify();
app.addHook('onRequest', (request, reply, next) => proxy.listener(request.raw, reply.raw, next));
app.addHook('onClose', () => proxy.close());
app.get('/api/report', { onRequest: (request, reply, next) => guard(request.raw, reply.raw, next) }, showReport);

await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });

process.once('SIGTERM', () => app.close());

async function showReport(): Promise<string> {
  return 'the report';
}

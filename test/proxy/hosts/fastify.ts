/** A Fastify app whose backend signs the tokens that the widget brings to the proxy. */
import { fastify } from 'fastify';
import { SignJWT } from 'jose';
import type { Environment } from '../../../proxy/config.js';
import { openOfferProxy, readConfig } from '../../../proxy/run/server.js';

export async function openFastifyHost(environment: Environment) {
  const config = readConfig(environment);
  const proxy = await openOfferProxy(config);
  const key = new TextEncoder().encode(environment['IDENTITY_SECRET']);

  const app = fastify();
  app.addHook('onClose', () => proxy.close());

  // Before Fastify parses the body.
  app.addHook('onRequest', (request, reply, next) => proxy.listener(request.raw, reply.raw, next));

  app.post<{ Body: { user: string } }>('/login', async (request) => {
    // Here a real app checks a password, and looks up the ids under which Chargebee knows the company of this user.
    const { user } = request.body;
    const token = await new SignJWT({ sub: `cus_${user}`, subscription_id: `sub_${user}`, external_user_id: user })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('5 minutes')
      .sign(key);
    return { token };
  });
  app.get('/hello', async () => 'hello');

  return app;
}

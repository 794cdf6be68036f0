/** An Express app whose backend signs the tokens that the widget brings to the proxy. */
import express from 'express';
import { SignJWT } from 'jose';
import type { Environment } from '../../../proxy/config.js';
import { openOfferProxy, readConfig } from '../../../proxy/run/server.js';

export async function openExpressHost(environment: Environment) {
  const config = readConfig(environment);
  const proxy = await openOfferProxy(config);
  const key = new TextEncoder().encode(environment['IDENTITY_SECRET']);

  const app = express();
  app.use(express.json());
  app.use(config.basePath, proxy.listener);

  app.post('/login', async (request, response) => {
    // Here a real app checks a password, and looks up the ids under which Chargebee knows the company of this user.
    const { user }: { user: string } = request.body;
    const token = await new SignJWT({ sub: `cus_${user}`, subscription_id: `sub_${user}`, external_user_id: user })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('5 minutes')
      .sign(key);
    response.json({ token });
  });
  app.get('/hello', (_, response) => void response.type('text').send('hello'));

  return { app, close: () => proxy.close() };
}

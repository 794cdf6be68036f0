import { base } from '$app/paths';
import type { Handle, ServerInit } from '@sveltejs/kit';
import { openOfferProxy, readConfig, type OfferProxy } from 'upgrade-offer/proxy';
import { customerOfSession } from './session';

let proxy: OfferProxy;

export const init: ServerInit = async () => {
  proxy = await openOfferProxy(readConfig(process.env, { identifiedByHost: true }), {
    identify: (request) => customerOfSession(request.headers.get('Cookie')),
  });
  process.once('sveltekit:shutdown', () => proxy.close());
};

export const handle: Handle = ({ event, resolve }) => {
  if (event.url.pathname.startsWith(`${base}/upgrade-offer/`)) return proxy.app.fetch(event.request);
  event.locals.proxy = proxy;
  return resolve(event);
};

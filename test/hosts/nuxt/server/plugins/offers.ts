import { openOfferProxy, readConfig } from 'upgrade-offer/proxy';

export const proxy = await openOfferProxy(readConfig(process.env, { identifiedByHost: true }), {
  identify: (request) => customerOfSession(request.headers.get('Cookie')),
});

export default defineNitroPlugin(({ hooks }) => {
  hooks.hook('close', () => proxy.close());
});

import { proxy } from '../plugins/offers';

export default defineEventHandler({
  onRequest: fromNodeMiddleware(proxy.requireEntitlement('advanced-analytics')),
  handler: () => 'the report',
});

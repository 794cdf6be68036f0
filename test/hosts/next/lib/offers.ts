import { createHandlers } from 'upgrade-offer/next';
import { customerOfSession } from './session'; // yours: { customerId: 'cus_7', subscriptionId: 'sub_7' }, or undefined

export const offers = createHandlers({
  identify: (request) => customerOfSession(request.headers.get('Cookie')),
});

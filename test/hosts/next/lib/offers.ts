import { createHandlers } from 'upgrade-offer/next';
import { customerOfSession } from './session';

export const offers = createHandlers({
  identify: (request) => customerOfSession(request.headers.get('Cookie')),
});

/** Checks what the host's own `identify` returns, like the claims of a token: its ids become part of Chargebee's paths. */
import type { Identify } from '../customer.js';
import type { Log } from '../log.js';
import { toCustomer, type FieldNames } from './claims.js';
import { createFlawLog } from './flaw-log.js';

const FIELDS: FieldNames = {
  customerId: 'customerId',
  subscriptionId: 'subscriptionId',
  userId: 'userId',
  email: 'email',
  firstName: 'firstName',
  lastName: 'lastName',
  roles: 'roles',
  custom: 'custom',
};

/** It throws RequestError `token_claim` with the name of the field. */
export function createHostIdentity(identify: Identify, log: Log): Identify {
  const flaws = createFlawLog(log);
  return async function identifyByHost(request) {
    const customer = await identify(request);
    return customer && toCustomer({ ...customer }, FIELDS, flaws.leftOut);
  };
}

/** Checks what the host's own `identify` returns, like the claims of a token: its ids become part of Chargebee's paths. */
import type { Customer, Identify } from '../customer.js';
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
  preview: 'preview',
};

/** It throws RequestError `token_claim` with the name of the field. */
export function createHostIdentity(identify: Identify, log: Log): Identify {
  const flaws = createFlawLog(log);
  return async function identifyByHost(request) {
    const customer = await identify(request);
    return customer && checkedCustomer(customer, flaws.leftOut);
  };
}

/**
 * @param onFlaw is told the name of each field that was left out or cut.
 * @throws RequestError `token_claim` with the name of the field.
 */
export function checkedCustomer(customer: Customer, onFlaw: (field: string) => void): Customer {
  return toCustomer({ ...customer }, FIELDS, onFlaw);
}

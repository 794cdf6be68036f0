/**
 * The users of the sample app: Ada and Ben work for one customer and share its subscription; Cleo works for another. "Try it"
 * in the sandbox signs a guest in: a customer whose id chooses a scenario.
 */
import * as v from 'valibot';

export interface User {
  readonly id: string;
  readonly firstName: string;
  readonly email: string;
  readonly workspace: string;
  /** Chargebee's ids for the company that pays. */
  readonly customerId: string;
  readonly subscriptionId: string;
}

export const UserId = v.picklist(['ada', 'ben', 'cleo']);
export type UserId = v.InferOutput<typeof UserId>;

const juniper = { workspace: 'Juniper Coffee', customerId: 'cus_juniper', subscriptionId: 'sub_juniper' };
const fernhill = { workspace: 'Fernhill Books', customerId: 'cus_fernhill', subscriptionId: 'sub_fernhill' };

export const users: Readonly<Record<UserId, User>> = {
  ada: { id: 'ada', firstName: 'Ada', email: 'ada@juniper.example', ...juniper },
  ben: { id: 'ben', firstName: 'Ben', email: 'ben@juniper.example', ...juniper },
  cleo: { id: 'cleo', firstName: 'Cleo', email: 'cleo@fernhill.example', ...fernhill },
};

/** The id of a guest is Chargebee's id of the customer. */
export const GuestId = v.pipe(v.string(), v.regex(/^cus_[\w-]{1,46}$/));

export function findUser(id: unknown): User | undefined {
  if (v.is(UserId, id)) return users[id];
  return v.is(GuestId, id) ? guest(id) : undefined;
}

function guest(customerId: string): User {
  const subscriptionId = customerId.replace('cus_', 'sub_');
  return {
    id: customerId,
    firstName: 'Guest',
    email: 'guest@example.com',
    workspace: customerId,
    customerId,
    subscriptionId,
  };
}

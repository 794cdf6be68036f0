/** The users of the sample app: Ada and Ben work for one customer and share its subscription; Cleo works for another. */
import * as v from 'valibot';

export interface User {
  readonly id: UserId;
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

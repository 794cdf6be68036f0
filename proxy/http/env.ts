/** What the middlewares set on a request for the routes behind them. */
import type { Customer } from '../customer.js';

/** What the line about a request in the log says beside its status, such as why there is no offer. */
export type Facts = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Env {
  Variables: {
    requestId: string;
    /** Set on the customer's routes only, by `identified`. */
    customer: Customer;
    facts: Facts | undefined;
  };
}

/** What the middlewares set on a request for the routes behind them. */
import type { Customer } from '../customer.js';

export interface Env {
  Variables: {
    requestId: string;
    /** Set on the customer's routes only, by `identified`. */
    customer: Customer;
    /** What the line about this request in the log says beside its status, such as why there is no offer. */
    facts: Readonly<Record<string, string | undefined>> | undefined;
  };
}

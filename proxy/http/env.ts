/** What the middlewares set on a request for the routes behind them. */
import type { Customer } from '../customer.js';

export interface Env {
  Variables: {
    requestId: string;
    /** Set on the customer's routes only, by `identified`. */
    customer: Customer;
  };
}

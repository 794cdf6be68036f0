/** What the pages and the JSON routes of `/sandbox` work with: one Chargebee site and everything you can set on it. */
import type { Clock } from './clock.js';
import type { Faults } from './faults.js';
import type { Fulfillments } from './fulfillments.js';
import type { PlaybookInForce } from './playbook.js';
import type { RateLimiter } from './rate-limit.js';
import type { SandboxRecords } from './records.js';
import type { Scenarios } from './scenarios.js';
import type { SettingsInForce } from './settings.js';
import type { Subscriptions } from './subscriptions.js';
import type { Webhooks } from './webhooks.js';

export interface Site {
  /** The name of the site, as in `acme-test.chargebee.com`. */
  readonly name: string;
  readonly apiKey: string;
  readonly clock: Clock;
  readonly settings: SettingsInForce;
  readonly playbook: PlaybookInForce;
  readonly scenarios: Scenarios;
  readonly subscriptions: Subscriptions;
  readonly faults: Faults;
  readonly rateLimit: RateLimiter;
  readonly webhooks: Webhooks;
  readonly fulfillments: Fulfillments;
  records(customerId?: string): SandboxRecords;
  /** The demo beside it, if there is one. */
  readonly demoUrl: string | undefined;
  /** Forgets everything, here and in what stands beside it. */
  reset(): Promise<void>;
}

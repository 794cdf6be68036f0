/** What a sandbox can be started with. */
import type { PlaybookInput } from './playbook.js';
import type { SettingsChange } from './settings.js';
import type { WebhookSettings } from './webhooks.js';

/** Every option may be left out. Times are milliseconds. */
export interface SandboxOptions extends SettingsChange {
  site?: string;
  apiKey?: string;
  /** The clock, in Unix milliseconds. */
  now?: () => number;
  /** Makes the eight digits that ids consist of or end in; random by default. */
  newId?: () => string;
  /** Called with one line for each API call. */
  log?: (line: string) => void;
  /**
   * Where the Advanced Analytics offer redirects to; at most 250 characters. A started sandbox leads to a page of its own,
   * which stands in for the app's; `createSandbox` does not know its address, and leads to the demo's page.
   */
  upgradeUrl?: string;
  /** Mapped fields, plays and entitlements that replace the two plays of Chargebee's tutorials. */
  plays?: PlaybookInput;
  /** Where Billing sends its webhooks, and their Basic auth. */
  webhooks?: WebhookSettings;
  rateLimit?: { callsPerMinute: number; retryAfter?: boolean };
  /** The address of the demo beside it: the pages lead there, and "Try it" opens the sample app as that customer. */
  demoUrl?: string;
  /** Called by the pages' Reset in place of `reset()`, for a host whose other parts have to forget the same. */
  onReset?: () => Promise<void>;
  /** Called for each answer that is not in Chargebee's form (`spec.ts`) and was not meant so; without it, none is checked. */
  onOffSpec?: (mistake: string) => void;
}

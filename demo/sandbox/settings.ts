/** How the sandbox behaves where Chargebee's documents leave it open, or where a test needs it faster. */
import * as v from 'valibot';
import { DAY_MS, HOUR_MS } from './durations.js';
import { oneOf } from './one-of.js';

export interface Settings {
  /** How long Chargebee takes to finish a billing update or a paid checkout; 1.5 seconds by default. */
  readonly fulfillmentDelayMs: number;
  /** How long a personalized offer can be accepted; an hour by default. */
  readonly offerLifetimeMs: number;
  /** How long a dismissed offer is not offered again; a day by default. */
  readonly cooldownMs: number;
  /** The error code of a fulfillment that nobody finished in seven days. Chargebee's documents name both. */
  readonly expiryCode: 'fulfillment_expired' | 'external_fulfillment_failed';
  /**
   * How long an override that has ended stays in the list, with its `expires_at`; 12 hours by default, the longest that
   * Chargebee's documents allow.
   */
  readonly overrideLagMs: number;
  /** Whether a hosted page names its layout, which Chargebee's OpenAPI document leaves open; it does by default. */
  readonly hostedPageLayout: boolean;
  /** Whether the site has "List customer entitlements", which Chargebee turns on at request; not by default. */
  readonly customerEntitlements: boolean;
  /** The code of a second acceptance, 409 or 400. The message is documented, the code is not. */
  readonly duplicateCode: 'invalid_state_for_request' | 'invalid_request';
}

/** Some of the settings; those left out keep their values. */
export type SettingsChange = { [Name in keyof Settings]?: Settings[Name] | undefined };

export interface SettingsInForce {
  current(): Settings;
  change(change: SettingsChange): void;
}

const milliseconds = v.pipe(
  v.number('must be a number of milliseconds'),
  v.integer('must be a whole number'),
  v.minValue(0, 'cannot be negative'),
);

const WithDefaults = v.object({
  fulfillmentDelayMs: v.optional(milliseconds, 1500),
  offerLifetimeMs: v.optional(milliseconds, HOUR_MS),
  cooldownMs: v.optional(milliseconds, DAY_MS),
  overrideLagMs: v.optional(milliseconds, 12 * HOUR_MS),
  hostedPageLayout: v.optional(v.boolean('must be true or false'), true),
  customerEntitlements: v.optional(v.boolean('must be true or false'), false),
  expiryCode: v.optional(oneOf(['fulfillment_expired', 'external_fulfillment_failed']), 'fulfillment_expired'),
  duplicateCode: v.optional(oneOf(['invalid_state_for_request', 'invalid_request']), 'invalid_state_for_request'),
});

export const SettingsForm = v.partial(v.strictObject(WithDefaults.entries));

export function createSettings(initial: SettingsChange): SettingsInForce {
  let settings: Settings = v.parse(WithDefaults, initial);
  return {
    current: () => settings,
    change: (change) => void (settings = v.parse(WithDefaults, { ...settings, ...change })),
  };
}

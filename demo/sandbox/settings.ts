/** How the sandbox behaves where Chargebee's documents leave it open, or where a test wants it quicker. */
import * as v from 'valibot';

const DAY_MS = 24 * 60 * 60 * 1000;

const milliseconds = v.pipe(
  v.number('must be a number of milliseconds'),
  v.integer('must be a whole number'),
  v.minValue(0, 'cannot be negative'),
);

const Settings = v.object({
  /** How long Chargebee takes to finish a billing update or a paid checkout. */
  fulfillmentDelayMs: v.optional(milliseconds, 1500),
  /** How long a personalized offer can be accepted. */
  offerLifetimeMs: v.optional(milliseconds, 60 * 60 * 1000),
  /** How long a dismissed offer stays away. */
  cooldownMs: v.optional(milliseconds, DAY_MS),
  /** What a fulfillment fails with that nobody finished in seven days: Chargebee's documents name both. */
  expiryCode: v.optional(
    v.picklist(
      ['fulfillment_expired', 'external_fulfillment_failed'],
      'must be fulfillment_expired or external_fulfillment_failed',
    ),
    'fulfillment_expired',
  ),
  /** How a second acceptance is refused: 409 or 400, with the one message that is documented. */
  duplicateCode: v.optional(
    v.picklist(
      ['invalid_state_for_request', 'invalid_request'],
      'must be invalid_state_for_request or invalid_request',
    ),
    'invalid_state_for_request',
  ),
});
export type Settings = v.InferOutput<typeof Settings>;

/** Some of the settings; those that are left out stay as they are. */
export const SettingsChange = v.partial(v.strictObject(Settings.entries));
export type SettingsChange = v.InferInput<typeof SettingsChange>;

export interface SettingsInForce {
  current(): Settings;
  change(change: SettingsChange): void;
}

export function createSettings(initial: SettingsChange): SettingsInForce {
  let settings = v.parse(Settings, initial);
  return {
    current: () => settings,
    change: (change) => void (settings = v.parse(Settings, { ...settings, ...change })),
  };
}

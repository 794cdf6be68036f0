/** How the sandbox behaves where Chargebee's documents leave it open, or where a test wants it quicker. */
import * as v from 'valibot';

export interface Settings {
  /** How long Chargebee takes to finish a billing update or a paid checkout: 1.5 seconds when not set. */
  readonly fulfillmentDelayMs: number;
  /** How long a personalized offer can be accepted: an hour when not set. */
  readonly offerLifetimeMs: number;
  /** How long a dismissed offer stays away: a day when not set. */
  readonly cooldownMs: number;
  /** What a fulfillment fails with that nobody finished in seven days: Chargebee's documents name both. */
  readonly expiryCode: 'fulfillment_expired' | 'external_fulfillment_failed';
  /** How a second acceptance is refused: 409 or 400, with the one message that is documented. */
  readonly duplicateCode: 'invalid_state_for_request' | 'invalid_request';
}

/** Some of the settings; those that are left out stay as they are. */
export type SettingsChange = { [Name in keyof Settings]?: Settings[Name] | undefined };

export interface SettingsInForce {
  current(): Settings;
  change(change: SettingsChange): void;
}

const DAY_MS = 24 * 60 * 60 * 1000;

const milliseconds = v.pipe(
  v.number('must be a number of milliseconds'),
  v.integer('must be a whole number'),
  v.minValue(0, 'cannot be negative'),
);
const oneOf = <const Words extends readonly string[]>(words: Words) =>
  v.picklist(words, `must be ${words.join(' or ')}`);

const WithDefaults = v.object({
  fulfillmentDelayMs: v.optional(milliseconds, 1500),
  offerLifetimeMs: v.optional(milliseconds, 60 * 60 * 1000),
  cooldownMs: v.optional(milliseconds, DAY_MS),
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

/** The features that the sandbox's built-in plays and scenarios use. */
import type { Feature } from './entitlement-level.js';

export const ADVANCED_ANALYTICS: Feature = {
  feature_id: 'advanced-analytics',
  feature_name: 'Advanced Analytics',
  feature_type: 'switch',
};

/** Chargebee's OpenAPI document requires neither the type nor the level of an entitlement. */
export const UNTYPED_ANALYTICS: Feature = {
  feature_id: ADVANCED_ANALYTICS.feature_id,
  feature_name: ADVANCED_ANALYTICS.feature_name,
};

export const STORAGE: Feature = {
  feature_id: 'storage-gb',
  feature_name: 'Storage',
  feature_type: 'quantity',
  feature_unit: 'GB',
};

export const SEATS: Feature = {
  feature_id: 'seats',
  feature_name: 'Seats',
  feature_type: 'quantity',
  feature_unit: 'seat',
};

export const API_CALLS: Feature = {
  feature_id: 'api-calls',
  feature_name: 'API calls per day',
  feature_type: 'range',
  feature_unit: 'call',
  max: 10_000,
};

export const SUPPORT_LEVEL: Feature = {
  feature_id: 'support-level',
  feature_name: 'Support level',
  feature_type: 'custom',
  levels: ['email', 'chat', 'gold'],
};

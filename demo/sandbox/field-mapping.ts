/**
 * Which custom fields the site knows, as one maps them in Growth under Settings > Setup.
 * Whatever a request carries beside them is ignored without a word, as Chargebee's tutorials warn.
 * So is a value of the wrong type; what Chargebee does with one is not documented.
 */

export type FieldValue = string | number | boolean;
export type Fields = Readonly<Record<string, FieldValue>>;

const FIELD_TYPES: Readonly<Record<string, 'boolean' | 'number' | 'string'>> = {
  has_advanced_analytics: 'boolean',
  storage_used_percent: 'number',
};

/** The part of `custom` that audiences can see. */
export function mappedFields(custom: Readonly<Record<string, unknown>> = {}): Fields {
  return Object.fromEntries(Object.entries(custom).filter(isMapped));
}

function isMapped(entry: [string, unknown]): entry is [string, FieldValue] {
  const [name, value] = entry;
  return Object.hasOwn(FIELD_TYPES, name) && typeof value === FIELD_TYPES[name];
}

/**
 * The fields of a request that the site knows, as you map them in Growth under Settings > Setup, by their "JS name":
 * `custom.storage_used_percent`, `email`, `roles`. Any other field is silently ignored, as Chargebee's tutorials warn.
 * So is a value of the wrong type; what Chargebee does with one is not documented.
 */
import type { PersonalizedOffersParameters } from './parameters.js';

export type FieldType = 'boolean' | 'number' | 'string' | 'list';
export type FieldValue = string | number | boolean | readonly string[];
export type Fields = Readonly<Record<string, FieldValue>>;
export type FieldMapping = Readonly<Record<string, FieldType>>;

/** The parameters other than `custom` that Chargebee ignores unless they are mapped. */
export const STANDARD_FIELDS = ['first_name', 'last_name', 'email', 'roles', 'external_user_id'] as const;

export interface MappedFields {
  /** What audience rules can use. */
  readonly fields: Fields;
  /** The other fields, each with the reason, for the sandbox's page. */
  readonly ignored: readonly string[];
}

type Sent = Pick<PersonalizedOffersParameters, 'custom' | (typeof STANDARD_FIELDS)[number]>;

export function mappedFields(parameters: Sent, mapping: FieldMapping): MappedFields {
  const sent = [
    ...STANDARD_FIELDS.map((name) => [name, parameters[name]] as const),
    ...Object.entries(parameters.custom ?? {}).map(([key, value]) => [`custom.${key}`, value] as const),
  ].filter(([, value]) => value !== undefined);

  const fields: Record<string, FieldValue> = {};
  const ignored: string[] = [];
  for (const [name, value] of sent) {
    const type = Object.hasOwn(mapping, name) ? mapping[name] : undefined;
    if (type !== undefined && isOfType(value, type)) fields[name] = value;
    else ignored.push(type === undefined ? `${name} is not mapped` : `${name} is mapped as a ${type}, but is not one`);
  }
  return { fields, ignored };
}

function isOfType(value: unknown, type: FieldType): value is FieldValue {
  return type === 'list'
    ? Array.isArray(value) && value.every((each) => typeof each === 'string')
    : typeof value === type;
}

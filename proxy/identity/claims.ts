/**
 * What is read of a proven identity, the token's claims and what a host's `identify` returns alike. Only the ids are needed.
 * Everything else is extra: what Chargebee would refuse is left out or cut, because no customer may lose what they pay for
 * over a missing first name.
 */
import { hash } from 'node:crypto';
import * as v from 'valibot';
import {
  EMAIL_MAX_CHARACTERS,
  PERSON_NAME_MAX_CHARACTERS,
  ROLE_MAX_CHARACTERS,
  USER_ID_MAX_CHARACTERS,
} from '../constants.js';
import { Id, ContextField, ContextValue, type Context } from '../contract.js';
import type { Customer } from '../customer.js';
import { RequestError } from '../errors.js';

const Address = v.pipe(v.string(), v.email());

/** The optional fields by the names in which the identity has them. */
export interface FieldNames {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly userId: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly roles: string;
  readonly custom: string;
  readonly preview: string;
}

/**
 * @param onFlaw is told the name of each field that was left out or cut, never its value.
 * @throws RequestError `token_claim` with the name of the id that is missing or wrong.
 */
export function toCustomer(
  sent: Readonly<Record<string, unknown>>,
  names: FieldNames,
  onFlaw: (field: string) => void,
): Customer {
  /** Some back ends write ids as numbers. */
  const id = (name: string): string => {
    const parsed = v.safeParse(Id, Number.isSafeInteger(sent[name]) ? String(sent[name]) : sent[name]);
    if (parsed.success) return parsed.output;
    const why = sent[name] === undefined ? 'is missing' : parsed.issues[0].message;
    throw new RequestError('token_claim', `${name} ${why}.`);
  };
  const text = (
    name: string,
    maxCharacters: number,
    shorten: (long: string) => string | undefined,
  ): string | undefined => {
    const value = typeof sent[name] === 'number' ? String(sent[name]) : sent[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string' || value === '') return flawed(name);
    if (value.length <= maxCharacters) return value;
    onFlaw(name);
    return shorten(value);
  };
  /** Chargebee refuses the whole question for what is no address, such as "n/a". */
  const address = (name: string): string | undefined => {
    const value = text(name, EMAIL_MAX_CHARACTERS, leaveOut);
    return value === undefined || v.is(Address, value) ? value : flawed(name);
  };
  const cut = (long: string) => long.slice(0, PERSON_NAME_MAX_CHARACTERS);
  /** Two users whose long ids begin alike stay two. */
  const digest = (long: string) => hash('sha256', long, 'base64url');
  /** Half of an address is none. */
  const leaveOut = () => undefined;
  const roles = (name: string): readonly string[] | undefined => {
    const given = sent[name];
    if (given === undefined || given === null) return undefined;
    const listed: unknown[] = Array.isArray(given) ? given : [given];
    const usable = listed.filter(
      (role): role is string => typeof role === 'string' && role !== '' && role.length <= ROLE_MAX_CHARACTERS,
    );
    if (usable.length < listed.length) onFlaw(name);
    return usable.length > 0 ? usable : undefined;
  };
  const custom = (name: string): Context | undefined => {
    const given = sent[name];
    if (given === undefined || given === null) return undefined;
    if (typeof given !== 'object' || Array.isArray(given)) return flawed(name);
    const usable: [string, string | number | boolean][] = [];
    for (const [field, value] of Object.entries(given)) {
      if (v.is(ContextField, field) && v.is(ContextValue, value)) usable.push([field, value]);
      else if (value !== null) onFlaw(`${name}.${field.slice(0, 50)}`);
    }
    return Object.fromEntries(usable);
  };
  /** A text such as "false" must not make a preview, nor one such as "true": who signs it means it. */
  const preview = (name: string): true | undefined => {
    const given = sent[name];
    if (given === true) return true;
    return given === undefined || given === null || given === false ? undefined : flawed(name);
  };
  const flawed = (name: string): undefined => {
    onFlaw(name);
  };

  return {
    customerId: id(names.customerId),
    subscriptionId: id(names.subscriptionId),
    userId: text(names.userId, USER_ID_MAX_CHARACTERS, digest),
    email: address(names.email),
    firstName: text(names.firstName, PERSON_NAME_MAX_CHARACTERS, cut),
    lastName: text(names.lastName, PERSON_NAME_MAX_CHARACTERS, cut),
    roles: roles(names.roles),
    custom: custom(names.custom),
    preview: preview(names.preview),
  };
}

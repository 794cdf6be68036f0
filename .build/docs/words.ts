/** The words of the contract and of the identity as tables: which there are comes from the schemas. */
import * as contract from '../../proxy/contract.js';
import { RequestError, toProblem } from '../../proxy/errors.js';
import { CLAIMS } from '../../proxy/identity/identity.js';
import { REASONS } from '../../widget/developer/problem.js';
import type { Rows } from './markdown-table.js';
import { ACCESSES, ACTIONS, FAILURES, IDENTITY_FIELDS, OFFER_FIELDS, OPTION_FIELDS, OUTCOMES } from './meanings.js';

export const WORDS: Readonly<Record<string, () => Rows>> = {
  offer: () => [
    ['field', 'always there', 'is'],
    ...fields(contract.Offer.entries, OFFER_FIELDS, ''),
    ...fields(contract.OfferOption.entries, OPTION_FIELDS, 'options[].'),
  ],
  actions: () => words('action', contract.OptionAction.options, ACTIONS),
  outcomes: () => [
    ['status', 'its fields', 'means'],
    ...contract.Outcome.options.map(({ entries }) => {
      const { status, ...rest } = entries;
      const names = Object.entries(rest).map(([name, schema]) => code(isOptional(schema) ? `${name}?` : name));
      return [code(status.literal), names.join(', '), OUTCOMES[status.literal]];
    }),
  ],
  failures: () => words('code', contract.FailureCode.options, FAILURES),
  access: () => words('access', contract.Access.options, ACCESSES),
  why: () => words('why', contract.Why.options, REASONS),
  errors: () => [
    ['code', 'status', 'says'],
    ...contract.ErrorCode.options.map((each) => {
      const { status, title } = toProblem(new RequestError(each), '');
      return [code(each), String(status), title];
    }),
  ],
  claims: () => [
    ['claim', 'field of `Customer`', 'needed', 'is'],
    [code('exp'), '', 'yes', 'When the token ends, in seconds since 1970. Minutes are enough.'],
    ...Object.entries(IDENTITY_FIELDS).map(([field, is]) => [
      code(claims[field] ?? ''),
      code(field),
      NEEDED.includes(field) ? 'yes' : '',
      is,
    ]),
  ],
};

const claims: Readonly<Record<string, string>> = { ...CLAIMS };
const NEEDED = ['customerId', 'subscriptionId'];

interface Schema {
  readonly type: string;
}

function fields(entries: Readonly<Record<string, Schema>>, meanings: Meanings, prefix: string): Rows {
  return Object.entries(entries).map(([name, schema]) => [
    code(`${prefix}${name}`),
    isOptional(schema) ? '' : 'yes',
    meanings[name] ?? '',
  ]);
}

type Meanings = Readonly<Record<string, string>>;

function words(head: string, all: readonly string[], meanings: Meanings): Rows {
  return [[head, 'means'], ...all.map((word) => [code(word), meanings[word] ?? ''])];
}

function isOptional({ type }: Schema): boolean {
  return type === 'optional';
}

function code(text: string): string {
  return `\`${text}\``;
}

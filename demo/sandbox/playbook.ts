/**
 * What a marketer sets up in Growth, or a test in a JSON file: the mapped fields, the plays, and the initial
 * entitlements of an ordinary subscription. A playbook with mistakes is refused as a whole, and the error lists them all.
 */
import * as v from 'valibot';
import { atMost } from './at-most.js';
import { FAILURE_CODES } from './failure-code.js';
import { STANDARD_FIELDS } from './field-mapping.js';
import { oneOf } from './one-of.js';
import { PROCESSING_TYPES } from './plays.js';
import { contradictionsOf, mistakeOf, PlaybookMistakes } from './playbook-mistakes.js';

/** A level is text in Chargebee, but people write numbers. */
const Level = v.pipe(
  v.union([text(50), v.number(), v.boolean()], 'must be a level, such as "true", 100 or "unlimited"'),
  v.transform(String),
);

const Feature = v.strictObject({
  feature_id: text(50),
  feature_name: text(50),
  feature_type: v.optional(oneOf(['switch', 'quantity', 'range', 'custom'])),
  feature_unit: v.optional(text(50)),
  levels: v.optional(list(text(50))),
  max: v.optional(v.number('must be a number')),
});

const field = text(100);
const number = v.number('must be a number');

const Rule = v.variant(
  'operator',
  [
    v.strictObject({
      field,
      operator: v.picklist(['is', 'is_not']),
      value: v.union([v.string(), number, v.boolean()], 'must be text, a number, true or false'),
    }),
    v.strictObject({
      field,
      operator: v.picklist(['greater_than', 'greater_than_or_equal', 'less_than']),
      value: number,
    }),
    v.strictObject({ field, operator: v.literal('contains'), value: text(100) }),
    v.strictObject({ field, operator: v.literal('exists') }),
  ],
  'must be one of is, is_not, greater_than, greater_than_or_equal, less_than, contains, exists',
);

const Option = v.strictObject({
  id: text(50),
  label: text(50),
  processing_type: oneOf(PROCESSING_TYPES),
  processing_layout: v.optional(oneOf(['in_app', 'full_page'])),
  redirect_url: v.optional(v.pipe(text(250), v.url('must be a whole URL'))),
});

const Play = v.strictObject({
  name: text(100),
  /** The highest number wins. */
  priority: number,
  audience: v.optional(list(Rule), []),
  offer: v.strictObject({
    /** Leaves room for the nine characters that turn it into the id of a personalized offer, of 50 at most. */
    id: v.pipe(text(41), v.regex(/^[\w-]+$/, 'can only have letters, digits, _ and -')),
    content: v.strictObject({ title: v.string('must be text'), description: v.string('must be text') }),
    options: v.pipe(list(Option), v.minLength(1, 'must have at least one option')),
  }),
  grants: v.optional(
    list(
      v.union(
        [v.strictObject({ feature: Feature, set: Level }), v.strictObject({ feature: Feature, add: Level })],
        'must have a feature, and either add or set with a level',
      ),
    ),
    [],
  ),
  ending: v.optional(oneOf(['at_once', 'never', ...FAILURE_CODES])),
});

const FieldName = v.pipe(
  v.string(),
  v.check(
    (name) => /^custom\.\S+$/.test(name) || STANDARD_FIELDS.some((each) => each === name),
    `must be custom.<key> or one of ${STANDARD_FIELDS.join(', ')}`,
  ),
);

export const Playbook = v.strictObject({
  /** By their "JS name" in Growth: `custom.storage_used_percent`, `email`. */
  fields: v.record(FieldName, oneOf(['boolean', 'number', 'string', 'list']), 'must be an object'),
  plays: list(Play),
  entitlements: v.optional(
    list(
      v.strictObject({
        feature: Feature,
        value: v.optional(Level),
        quantity: v.optional(number),
        is_enabled: v.optional(v.boolean('must be true or false')),
        override: v.optional(
          v.union(
            [v.literal(true), v.strictObject({ from: v.optional(number), until: v.optional(number) })],
            'must be true, or from and until in Unix milliseconds',
          ),
        ),
      }),
    ),
    [],
  ),
});
export type Playbook = v.InferOutput<typeof Playbook>;
/** As written in a file: lists may be left out, levels may be numbers. */
export type PlaybookInput = v.InferInput<typeof Playbook>;

export interface PlaybookInForce {
  current(): Playbook;
  /** @throws PlaybookMistakes when the new playbook has any. Then nothing changes. */
  replace(input: unknown): void;
}

export function createPlaybook(initial: unknown): PlaybookInForce {
  let playbook = readPlaybook(initial);
  return {
    current: () => playbook,
    replace: (input) => void (playbook = readPlaybook(input)),
  };
}

/** @throws PlaybookMistakes */
export function readPlaybook(input: unknown): Playbook {
  const result = v.safeParse(Playbook, input);
  const mistakes = result.success ? contradictionsOf(result.output) : result.issues.map(mistakeOf);
  if (!result.success || mistakes.length > 0) throw new PlaybookMistakes(mistakes);
  return result.output;
}

function text(limit: number) {
  return v.pipe(v.string('must be text'), v.nonEmpty('cannot be empty'), atMost(limit));
}

function list<Schema extends v.GenericSchema>(schema: Schema) {
  return v.array(schema, 'must be a list');
}

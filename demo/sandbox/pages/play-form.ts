/**
 * One play as a form, and the submitted form as a play. Each list ends in an empty row for a new entry; clearing the
 * first field of a row removes it. What the form has no field for (a new feature, a field) is edited as JSON.
 */
import { html } from 'hono/html';
import { OPERATORS } from '../audience.js';
import type { Feature } from '../entitlement-level.js';
import type { FieldType } from '../field-mapping.js';
import { FAILURE_CODES } from '../failure-code.js';
import { PROCESSING_TYPES, type Option, type Play } from '../plays.js';
import { shortId } from '../short-id.js';
import { selectField, textArea, textField } from './form-field.js';
import type { Html } from './page.js';

/** A play as typed into the form, which may not be a valid one. */
export interface PlayDraft {
  readonly name: string;
  readonly priority: number;
  readonly audience: readonly { readonly field: string; readonly operator: string; readonly value?: unknown }[];
  readonly offer: Omit<Play['offer'], 'options'> & { readonly options: readonly OptionDraft[] };
  readonly grants: readonly GrantDraft[];
  readonly ending?: string | undefined;
}

interface OptionDraft extends Pick<Option, 'id' | 'label' | 'processing_type' | 'redirect_url'> {
  readonly processing_layout?: string | undefined;
}

interface GrantDraft {
  readonly feature?: Feature | undefined;
  readonly set?: string;
  readonly add?: string;
}

export interface PlayFormModel {
  readonly play: PlayDraft;
  readonly fields: readonly string[];
  readonly features: readonly Feature[];
}

const NONE = ['', '—'] as const;
const LAYOUTS: readonly string[] = ['in_app', 'full_page'];

export const NEW_PLAY: PlayDraft = {
  name: '',
  priority: 30,
  audience: [],
  offer: { id: '', content: { title: '', description: '' }, options: [] },
  grants: [],
};

export function playForm({ play, fields, features }: PlayFormModel): Html {
  const { title, description } = play.offer.content;
  return html`<div class="fields">
      ${textField({ label: 'Name', name: 'name', value: play.name, required: true })}
      ${textField({ label: 'Priority (highest wins)', name: 'priority', value: play.priority, type: 'number' })}
      ${textField({ label: 'Offer id', name: 'offer_id', value: play.offer.id, required: true })}
    </div>
    <fieldset>
      <legend>Audience (all rules must match)</legend>
      ${[...play.audience, undefined].map((rule) => ruleRow(rule, fields))}
    </fieldset>
    <fieldset>
      <legend>Content (HTML)</legend>
      <div class="fields">
        ${textArea({ label: 'Title', name: 'title', value: title, rows: 3 })}
        ${textArea({ label: 'Description', name: 'description', value: description, rows: 3 })}
      </div>
    </fieldset>
    <fieldset>
      <legend>Options</legend>
      ${[...play.offer.options, undefined].map(optionRow)}
    </fieldset>
    <fieldset>
      <legend>Granted on completion</legend>
      ${[...play.grants, undefined].map((grant) => grantRow(grant, features))}
    </fieldset>
    <div class="fields">
      ${selectField({
        label: 'Fulfillment ends',
        name: 'ending',
        value: play.ending,
        options: [['', 'default for its type'], 'at_once', 'never', ...FAILURE_CODES],
      })}
    </div>`;
}

/** The submitted play, unchecked: the playbook validates it. */
export function sentPlay(
  form: FormData,
  types: Readonly<Record<string, FieldType>>,
  features: readonly Feature[],
): PlayDraft {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const ending = text('ending');
  return {
    name: text('name'),
    priority: Number(text('priority')),
    audience: rows(form, 'rule_field', 'rule_operator', 'rule_value').map(
      ([field = '', operator = '', value = '']) => ({
        field,
        operator,
        ...(operator !== 'exists' && { value: typed(value, types[field]) }),
      }),
    ),
    offer: {
      id: text('offer_id'),
      content: { title: text('title'), description: text('description') },
      options: rows(form, 'option_label', 'option_type', 'option_target', 'option_id').map(sentOption),
    },
    grants: rows(form, 'grant_feature', 'grant_how', 'grant_level').map(([id, how, level = '']) => ({
      feature: features.find(({ feature_id }) => feature_id === id),
      ...(how === 'set' ? { set: level } : { add: level }),
    })),
    ...(ending && { ending }),
  };
}

function ruleRow(rule: PlayDraft['audience'][number] | undefined, fields: readonly string[]) {
  const value = String(rule?.value ?? '');
  return html`<div class="row three">
    ${selectField({ label: 'Field', name: 'rule_field', value: rule?.field, options: [NONE, ...fields], ...HIDDEN })}
    ${selectField({
      label: 'Operator',
      name: 'rule_operator',
      value: rule?.operator,
      options: OPERATORS.map((each) => [each, each.replaceAll('_', ' ')] as const),
      ...HIDDEN,
    })}
    ${textField({ label: 'Value', name: 'rule_value', value, placeholder: 'value', ...HIDDEN })}
  </div>`;
}

function optionRow(option: OptionDraft | undefined) {
  const target = option?.redirect_url ?? option?.processing_layout;
  return html`<div class="row three">
    <input type="hidden" name="option_id" value="${option?.id ?? ''}" />
    ${textField({ label: 'Label', name: 'option_label', value: option?.label, placeholder: 'label', ...HIDDEN })}
    ${selectField({
      label: 'Processing type',
      name: 'option_type',
      value: option?.processing_type,
      options: PROCESSING_TYPES,
      ...HIDDEN,
    })}
    ${textField({
      label: 'Redirect URL or layout',
      name: 'option_target',
      value: target,
      placeholder: 'redirect URL, or in_app, full_page',
      ...HIDDEN,
    })}
  </div>`;
}

function grantRow(grant: GrantDraft | undefined, features: readonly Feature[]) {
  const level = grant?.set ?? grant?.add;
  const known = features.map(({ feature_id, feature_name }) => [feature_id, feature_name] as const);
  return html`<div class="row three">
    ${selectField({
      label: 'Feature',
      name: 'grant_feature',
      value: grant?.feature?.feature_id,
      options: [NONE, ...known],
      ...HIDDEN,
    })}
    ${selectField({
      label: 'How',
      name: 'grant_how',
      value: grant?.set === undefined ? 'add' : 'set',
      options: [
        ['add', 'add an item with'],
        ['set', 'override with'],
      ],
      ...HIDDEN,
    })}
    ${textField({ label: 'Level', name: 'grant_level', value: level, placeholder: 'true, 100, unlimited', ...HIDDEN })}
  </div>`;
}

const HIDDEN = { isLabelHidden: true };

function sentOption([label = '', processing_type = '', target = '', id = '']: readonly string[]): OptionDraft {
  const isLayout = LAYOUTS.includes(target);
  return {
    id: id || shortId(),
    label,
    processing_type,
    ...(target && (isLayout ? { processing_layout: target } : { redirect_url: target })),
  };
}

/** The rows made of the fields with these names, without rows whose first field is empty. */
function rows(form: FormData, ...names: string[]): string[][] {
  const [first = [], ...others] = names.map((name) => form.getAll(name).map((value) => String(value).trim()));
  return first
    .map((value, index) => [value, ...others.map((column) => column[index] ?? '')])
    .filter(([value]) => value !== '');
}

/** A value that does not fit the field's type stays text, which the playbook then refuses. */
function typed(value: string, type: FieldType | undefined): string | number | boolean {
  if (type === 'number' && value !== '' && Number.isFinite(Number(value))) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

/** What is wrong with a playbook. Each sentence begins with the place: `plays[0].audience[1].field: ...`. */
import type * as v from 'valibot';
import type { Rule } from './audience.js';
import type { FieldMapping, FieldType } from './field-mapping.js';
import type { Option, Play } from './plays.js';

/** The parts of a playbook that can contradict each other. */
interface Contradictable {
  readonly fields: FieldMapping;
  readonly plays: readonly Play[];
}

export class PlaybookMistakes extends Error {
  override readonly name = 'PlaybookMistakes';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`Failed to read the plays: ${mistakes.join('; ')}. Nothing was changed.`);
    this.mistakes = mistakes;
  }
}

export function mistakeOf(issue: v.BaseIssue<unknown>): string {
  const place = (issue.path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
  const what =
    issue.received === 'undefined' ? 'is missing' : issue.expected === 'never' ? 'is not known' : issue.message;
  return `${place.slice(1) || 'the document'}: ${what}`;
}

/** Parts that are valid by themselves but do not fit together. */
export function contradictionsOf({ fields, plays }: Contradictable): string[] {
  return plays.flatMap((play, index) => {
    const place = `plays[${index}]`;
    return [
      ...(plays.findIndex(({ name }) => name === play.name) < index
        ? [`${place}.name: is also the name of another play`]
        : []),
      ...play.audience.flatMap((rule, at) =>
        mistakesOfRule(rule, fields).map((each) => `${place}.audience[${at}].${each}`),
      ),
      ...play.offer.options.flatMap((option, at) =>
        mistakesOfOption(option, play.offer.options.slice(0, at)).map(
          (each) => `${place}.offer.options[${at}].${each}`,
        ),
      ),
    ];
  });
}

function mistakesOfRule(rule: Rule, fields: FieldMapping): string[] {
  const type = Object.hasOwn(fields, rule.field) ? fields[rule.field] : undefined;
  if (type === undefined) {
    return [`field: ${rule.field} is not mapped; mapped are ${Object.keys(fields).join(', ') || 'none'}`];
  }
  return canHold(rule, type) ? [] : [`value: "${rule.operator}" with this value never holds for a ${type}`];
}

function canHold(rule: Rule, type: FieldType): boolean {
  switch (rule.operator) {
    case 'is':
    case 'is_not':
      return typeof rule.value === type;
    case 'greater_than':
    case 'greater_than_or_equal':
    case 'less_than':
      return type === 'number';
    case 'contains':
      return type === 'string' || type === 'list';
    case 'exists':
      return true;
    default:
      return rule satisfies never;
  }
}

function mistakesOfOption({ id, processing_type, redirect_url }: Option, before: readonly Option[]): string[] {
  const isRedirect = processing_type === 'url_redirect';
  const mayLead = isRedirect || processing_type === 'billing_update';
  return [
    ...(before.some((each) => each.id === id) ? ['id: is also the id of another option'] : []),
    ...(isRedirect && redirect_url === undefined ? ['redirect_url: is missing, for url_redirect'] : []),
    ...(!mayLead && redirect_url !== undefined ? ['redirect_url: is for url_redirect and billing_update only'] : []),
  ];
}

/** What each event carries, read from the classes. */
import type { ClassField, ClassMember, CustomElement, Declaration } from 'custom-elements-manifest';
import { OfferAcceptedEvent } from '../../widget/flow/acceptance/events.js';
import { analyze } from '../manifest/manifest.js';
import { EXAMPLE_OFFER } from './example-offer.js';
import type { Rows } from './markdown-table.js';

const SOURCES = ['widget/flow/events.ts', 'widget/flow/acceptance/events.ts'];

/** A sentence above the table says it once. */
const IN_ALL = 'isPreview';

/** The names under which the package exports them, or that need no import. */
const PUBLIC_NAMES: Readonly<Record<string, string>> = {
  AnyWhy: 'Why',
  KnownOutcome: 'Outcome',
  ProxyErrorCode: 'Code',
};

export async function events({ events: fired = [] }: CustomElement): Promise<Rows> {
  const { modules } = await analyze('.', SOURCES);
  const classes = new Map(modules.flatMap(({ declarations = [] }) => declarations.map((each) => [each.name, each])));
  return [
    ['event', 'says', 'its fields'],
    ...fired.map(({ name, type, description = '' }) => {
      const fields = fieldsOf(classes.get(type.text)).map((field) => `\`${inWords(field)}\``);
      return [`\`${name}\``, description, fields.join(', ')];
    }),
  ];
}

/** What a page sees when it prints an event. */
export function payload(): string {
  const completed = { status: 'completed', fulfillmentId: 'ful_16BjQfUzbMtVj1Kd' } as const;
  const event = new OfferAcceptedEvent(EXAMPLE_OFFER, 'opt_unlock', completed);
  return ['```json', JSON.stringify(event, null, 2), '```'].join('\n');
}

function fieldsOf(declaration: Declaration | undefined): ClassField[] {
  const members = declaration?.kind === 'class' ? (declaration.members ?? []) : [];
  const isPublic = (member: ClassMember): member is ClassField =>
    member.kind === 'field' && member.privacy !== 'private' && member.name !== IN_ALL;
  const fields = members.filter(isPublic);
  if (fields.length === 0)
    throw new Error(`Failed to describe an event: its class in ${SOURCES.join(' or ')} has no field.`);
  return fields;
}

function inWords({ name, type }: ClassField): string {
  const written = type?.text ?? '';
  const optional = written.endsWith(' | undefined') ? '?' : '';
  return `${name}${optional}: ${written.replace(' | undefined', '').replace(/\w+/, (word) => PUBLIC_NAMES[word] ?? word)}`;
}

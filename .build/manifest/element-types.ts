/** What every framework may set on the element and hear from it, as types. How each writes it is in `frameworks/`. */
import type { ClassField, CustomElementDeclaration } from 'custom-elements-manifest';

/** How an attribute of a type is written in HTML. A boolean one is there or it is not. */
const WRITTEN: Readonly<Record<string, string>> = { boolean: "''", number: 'number | `${number}`' };

/** The text of `dist/frameworks/element.d.ts`. */
export function elementTypes({ name, members = [], attributes = [], events = [] }: CustomElementDeclaration): string {
  const fields = members.filter((member): member is ClassField => member.kind === 'field');
  const eventTypes = events.map(({ type }) => type.text);
  return `/** Written by \`npm run build\` from the description of the element. */
import type { ${[...eventTypes, name].toSorted().join(', ')} } from 'upgrade-offer';

/** As they stand in HTML. */
export interface ${name}Attributes {
${attributes.map((each) => property(each, `${WRITTEN[each.type?.text ?? ''] ?? each.type?.text} | undefined`)).join('\n')}
}

/** As a script sets them. */
export interface ${name}Properties {
${fields.map((each) => property(each, `${name}['${each.name}'] | undefined`)).join('\n')}
}

/** What a template may set: properties, and attributes that are called something else. */
export type ${name}Settings = ${name}Properties & Omit<${name}Attributes, keyof ${name}Properties>;

/** By their names. */
export interface ${name}Events {
${events.map(({ type, ...each }) => property(each, type.text, '')).join('\n')}
}
`;
}

interface Described {
  readonly name: string;
  readonly description?: string;
}

function property({ name, description = '' }: Described, type: string, optional = '?'): string {
  const key = /^\w+$/.test(name) ? name : `'${name}'`;
  return `  /** ${description.replaceAll('\n', ' ')} */\n  ${key}${optional}: ${type};`;
}

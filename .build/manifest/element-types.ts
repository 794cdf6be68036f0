/** Writes the types of what a framework can set on the element and listen to. `frameworks/` adapts them to each framework. */
import type { ClassField, CustomElementDeclaration } from 'custom-elements-manifest';

/** The type of an attribute in HTML, by the type of its property. A boolean attribute is present or absent. */
const WRITTEN: Readonly<Record<string, string>> = { boolean: "''", number: 'number | `${number}`' };

/** An object, which only a property takes: `MockScenario`. */
const OBJECT = /^[A-Z]\w*$/;

/** The text of `dist/frameworks/element.d.ts`. */
export function elementTypes({ name, members = [], attributes = [], events = [] }: CustomElementDeclaration): string {
  const fields = members.filter((member): member is ClassField => member.kind === 'field');
  const eventTypes = events.map(({ type }) => type.text);
  return `/** Written by \`npm run build\` from the description of the element. */
import type { ${[...eventTypes, name].toSorted().join(', ')} } from 'upgrade-offer';

/** As they stand in HTML. */
export interface ${name}Attributes {
${attributes.map((each) => property(each, `${written(each.type?.text ?? 'string')} | undefined`)).join('\n')}
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

function written(type: string): string {
  const values = type.split(' | ').filter((value) => !OBJECT.test(value));
  return WRITTEN[type] ?? values.join(' | ');
}

interface Described {
  readonly name: string;
  readonly description?: string;
}

function property({ name, description = '' }: Described, type: string, optional = '?'): string {
  const key = /^\w+$/.test(name) ? name : `'${name}'`;
  return `  /** ${description.replaceAll('\n', ' ')} */\n  ${key}${optional}: ${type};`;
}

/** The tables of the documents, each read from the source that it describes. */
import type { ClassMember, ClassMethod, CustomElement } from 'custom-elements-manifest';
import { readFile } from 'node:fs/promises';
import { openApi } from '../../proxy/openapi.js';
import { CASES } from '../../test/proxy/entitlements/cases.js';
import { readManifest } from '../manifest/manifest.js';
import { analyticsEvents, analyticsFields } from './analytics.js';
import { events } from './events.js';
import type { Rows } from './markdown-table.js';
import { mapping } from './mapping.js';
import { WORDS } from './words.js';

export const TABLES: Readonly<Record<string, () => Rows | Promise<Rows>>> = {
  attributes: () => ofElement(attributes),
  methods: () => ofElement(methods),
  events: () => ofElement(events),
  slots: () =>
    ofElement(({ slots = [] }) => [
      ['slot', 'takes'],
      ...slots.map(({ name, description = '' }) => [code(name), description]),
    ]),
  parts: () =>
    ofElement(({ cssParts = [] }) => [
      ['part', 'is'],
      ...cssParts.map(({ name, description = '' }) => [code(name), description]),
    ]),
  states: () =>
    ofElement(({ cssStates = [] }) => [
      ['state', 'while'],
      ...cssStates.map(({ name, description = '' }) => [code(`:state(${name})`), description]),
    ]),
  tokens: () =>
    ofElement(({ cssProperties = [] }) => [
      ['token', 'default', 'for'],
      ...cssProperties.map(({ name, default: value = '', description = '' }) => [code(name), code(value), description]),
    ]),
  routes: async () => routes(),
  entitlements: async () => [
    ['Chargebee says', 'type', 'value', 'used', 'access'],
    ...CASES.map(({ is, entitlement: { featureType = '', value = '' }, used, allowed }) => [
      is,
      featureType,
      code(value),
      String(used ?? ''),
      allowed ? 'granted' : 'denied',
    ]),
  ],
  settings,
  mapping,
  'analytics-events': analyticsEvents,
  'analytics-fields': analyticsFields,
  ...WORDS,
};

async function ofElement(rows: (element: CustomElement) => Rows | Promise<Rows>): Promise<Rows> {
  return rows((await readManifest('.')).element);
}

/** Attributes first, then the properties that only a script can set. */
function attributes({ attributes: written = [], members = [] }: CustomElement): Rows {
  const own = members.filter(isField).filter(({ name }) => !written.some(({ fieldName }) => fieldName === name));
  return [
    ['attribute', 'is', 'means'],
    ...written.map(({ name, type, description = '' }) => [code(name), code(type?.text ?? ''), description]),
    ...own.map(({ name, description = '' }) => [`${code(name)} (property)`, '', description]),
  ];
}

function isField(member: ClassMember): member is Extract<ClassMember, { kind: 'field' }> {
  return member.kind === 'field';
}

function methods({ members = [] }: CustomElement): Rows {
  const isMethod = (member: ClassMember): member is ClassMethod => member.kind === 'method';
  const call = ({ name, parameters = [] }: ClassMethod) =>
    code(`${name}(${parameters.map((parameter) => `${parameter.name}${parameter.optional ? '?' : ''}`).join(', ')})`);
  return [['method', 'does'], ...members.filter(isMethod).map((each) => [call(each), each.description ?? ''])];
}

/** The OpenAPI document's security scheme says who may call a route. */
function routes(): Rows {
  const { paths } = openApi('/upgrade-offer');
  return [
    ['route', 'for', 'does'],
    ...Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { summary, security }]) => [
        code(`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
        CALLERS[Object.keys(security[0] ?? {})[0] ?? ''] ?? 'anyone',
        summary,
      ]),
    ),
  ];
}

const CALLERS: Readonly<Record<string, string>> = {
  customer: 'the customer',
  server: 'your backend',
  billing: 'Chargebee Billing',
  growth: 'Chargebee Growth',
};

/** A comment in `.env.example` describes the settings below it. A setting that is not commented out is required. */
async function settings(): Promise<Rows> {
  const rows: string[][] = [];
  let comment: string[] = [];
  let isTaken = true;
  for (const line of (await readFile('.env.example', 'utf8'))
    .split(/^# ---.*$/m)
    .slice(1)
    .join('')
    .split('\n')) {
    const [, off, name, value = ''] = /^(# )?([A-Z_]+)=(.*)$/.exec(line) ?? [];
    if (name) {
      rows.push([code(name), value && code(value), off ? '' : 'yes', comment.join(' ')]);
      isTaken = true;
    } else if (line.startsWith('# ')) {
      comment = isTaken ? [line.slice(2)] : [...comment, line.slice(2)];
      isTaken = false;
    }
  }
  return [['setting', 'example', 'needed', 'means'], ...rows];
}

function code(text: string): string {
  return text && `\`${text}\``;
}

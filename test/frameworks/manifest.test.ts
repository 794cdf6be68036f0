/** `custom-elements.json`, and the files made from it, compared with the element itself. */
import { readdir, readFile } from 'node:fs/promises';
import type { ClassField, CustomElementDeclaration } from 'custom-elements-manifest';
import { beforeAll, describe, expect, it } from 'vitest';
import * as acceptanceEvents from '../../widget/flow/acceptance/events.js';
import * as events from '../../widget/flow/events.js';
import { LAYOUTS } from '../../widget/flow/layout.js';
import { UpgradeOffer } from '../../widget/upgrade-offer.js';

let element: CustomElementDeclaration;

/** The sources of the element, its sheets included. */
let source: string;

beforeAll(async () => {
  element = (await readBuilt('custom-elements.json')).modules[0].declarations[0];
  const files = (await readdir('widget', { recursive: true })).filter((name) => /\.(ts|css)$/.test(name));
  source = (await Promise.all(files.map((name) => readFile(`widget/${name}`, 'utf8')))).join('\n');
});

describe('the manifest names', () => {
  it('the attributes that the element observes, or that its sheets read', () => {
    const read = [...UpgradeOffer.observedAttributes, ...found(/:host\(\[([a-z-]+)=/g)];
    expect(namesOf(element.attributes)).toEqual([...new Set(read)].toSorted());
  });

  it('the properties that the element reacts to', () => {
    const fields = element.members?.filter((member): member is ClassField => member.kind === 'field');
    expect(namesOf(fields)).toEqual([...UpgradeOffer.elementProperties.keys()].map(String).toSorted());
  });

  it('methods that the element has', () => {
    const methods = element.members?.filter(({ kind }) => kind === 'method') ?? [];
    expect(methods.length).toBeGreaterThan(0);
    for (const { name } of methods) expect(Reflect.get(UpgradeOffer.prototype, name), name).toBeTypeOf('function');
  });

  it('the events with their classes', () => {
    const exported = Object.values({ ...events, ...acceptanceEvents });
    const classes = exported.filter((each) => typeof each === 'function');
    const fired = classes.map((OfferEvent) => {
      const { type } = Reflect.construct(OfferEvent, [{}, {}, {}]) as Event;
      return { name: type, type: { text: OfferEvent.name } };
    });
    const described = (element.events ?? []).map(({ name, type }) => ({ name, type }));
    expect(described.toSorted(byName)).toEqual(fired.toSorted(byName));
  });

  it('the slots that the element draws', () => {
    const drawn = [
      ...found(/<slot name="([^"]+)"/g),
      ...found(/(?:renderSlot\(.*?'(\w+)'[,)]|\bslot(?:\(|: )'(\w+)')/g),
    ];
    expect(namesOf(element.slots)).toEqual(drawn.toSorted());
  });

  it('the tokens that the stylesheets use, with their defaults', () => {
    expect(namesOf(element.cssProperties)).toEqual(found(/var\((--upgrade-offer-[\w-]+)/g));
    const onOneLine = source.replace(/\s+/g, ' ');
    for (const { name, default: value } of element.cssProperties ?? []) {
      expect(onOneLine).toContain(`${name}: ${value};`);
    }
  });

  it('everything with a description', () => {
    const { attributes = [], members = [], slots = [], cssParts = [], cssProperties = [] } = element;
    const described = [...attributes, ...members, ...slots, ...cssParts, ...cssProperties, ...(element.events ?? [])];
    expect(described.filter(({ description }) => !description)).toEqual([]);
  });
});

describe('an editor completes', () => {
  it('attributes and their values in HTML', async () => {
    const { tags } = await readBuilt('vscode.html-custom-data.json');
    const layout = { name: 'layout', values: LAYOUTS.map((name) => expect.objectContaining({ name })) };
    expect(tags).toMatchObject([
      { name: 'upgrade-offer', attributes: expect.arrayContaining([expect.objectContaining(layout)]) },
    ]);
  });

  it('tokens and parts in CSS', async () => {
    const { properties, pseudoElements } = await readBuilt('vscode.css-custom-data.json');
    expect(namesOf(properties)).toEqual(namesOf(element.cssProperties));
    expect(namesOf(pseudoElements)).toEqual(namesOf(element.cssParts).map((name) => `::part(${name})`));
  });

  it("the same in JetBrains' editors", async () => {
    const { html, css } = (await readBuilt('web-types.json')).contributions;
    expect(namesOf(html.elements[0].attributes)).toEqual(namesOf(element.attributes));
    expect(namesOf(html.elements[0].events)).toEqual(namesOf(element.events));
    expect(namesOf(css.properties)).toEqual(namesOf(element.cssProperties));
  });
});

async function readBuilt(name: string) {
  return JSON.parse(await readFile(`dist/${name}`, 'utf8'));
}

function namesOf(described: readonly { readonly name: string }[] = []): string[] {
  return described.map(({ name }) => name).toSorted();
}

/** What the pattern's group matches, without duplicates. */
function found(pattern: RegExp): string[] {
  const words = [...source.matchAll(pattern)].flatMap(([, ...groups]) => groups.join('').split(' '));
  return [...new Set(words)].toSorted();
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name.localeCompare(other.name);
}

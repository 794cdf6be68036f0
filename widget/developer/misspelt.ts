/** The attributes of an element that mean nothing, such as a misspelt one. For the developer of the page. */

/** Attributes that every element has under a property of another name, or under none. */
const GLOBAL = new Set([
  'accesskey',
  'class',
  'contenteditable',
  'enterkeyhint',
  'exportparts',
  'inputmode',
  'is',
  'tabindex',
]);

/** Plain words. Others are those of a framework: `v-if`, `_ngcontent-c1`, `x-data`. */
const WORDS = /^[a-z]{3,}(-[a-z]+)*$/;

/** What a page may add to any element. */
const ANYWHERE = /^(data|aria|item)|^on/;

/** @returns a sentence about each of them. */
export function misspelt(element: Element): string[] {
  return element
    .getAttributeNames()
    .filter((name) => WORDS.test(name) && !ANYWHERE.test(name) && !GLOBAL.has(name) && !(propertyOf(name) in element))
    .map((name) => `The element has no attribute \`${name}\`: is it misspelt?`);
}

function propertyOf(attribute: string): string {
  return attribute.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

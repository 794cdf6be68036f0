/** What an element has that means nothing, such as a misspelt attribute or value. For the developer of the page. */

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

/**
 * The attributes that take one of a few words, and these words. They are not imported: this script may come from another version
 * than the element, and so imports nothing of its own version.
 */
const CHOICES: ReadonlyMap<string, readonly string[]> = new Map([
  ['layout', ['inline', 'banner', 'modal', 'corner']],
  ['if-busy', ['wait', 'banner']],
  ['backdrop', ['snooze', 'dismiss', 'none']],
  ['media-layout', ['top', 'side', 'bleed']],
  ['icon', ['arrow-up', 'lock', 'gauge', 'users', 'sparkle', 'gift']],
  // Only CSS reads it: nothing else says that a value is ignored.
  ['density', ['compact']],
]);

/** @returns a sentence about each of them. */
export function misspelt(element: Element): string[] {
  const { attributes } = element;
  return Array.from(attributes, ({ name, value }) => sentenceOn(name, value, element)).filter((said) => said !== '');
}

function sentenceOn(name: string, value: string, element: Element): string {
  const choices = CHOICES.get(name);
  if (choices) {
    // A template may have left it empty.
    const isFine = value === '' || choices.includes(value);
    return isFine ? '' : `\`${name}\` does not take \`${value}\`: use one of: ${choices.join(', ')}.`;
  }
  const isFine = !WORDS.test(name) || ANYWHERE.test(name) || GLOBAL.has(name) || propertyOf(name) in element;
  return isFine ? '' : `The element has no attribute \`${name}\`: is it misspelt?`;
}

function propertyOf(attribute: string): string {
  return attribute.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

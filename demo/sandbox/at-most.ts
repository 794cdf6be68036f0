/**
 * The limit of a text, counted in characters as JSON Schema's `maxLength` counts (RFC 8259 characters: an emoji is one),
 * not in the UTF-16 units of JavaScript.
 */
import * as v from 'valibot';

export function atMost(characters: number, message = `cannot be longer than ${characters} characters`) {
  return v.check<string, string>((text) => [...text].length <= characters, message);
}

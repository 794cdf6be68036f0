/** A schema for one word of a closed list, which names the list when the word is another. */
import * as v from 'valibot';

export function oneOf<const Words extends readonly string[]>(words: Words) {
  return v.picklist(words, `must be one of ${words.join(', ')}`);
}

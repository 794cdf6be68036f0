/** A choice between a few words: radio buttons that look like one control. */
import { html, type TemplateResult } from 'lit';

export function segmented<Word extends string>(
  legend: string,
  words: readonly Word[],
  chosen: Word,
  choose: (word: Word) => void,
  labels?: Readonly<Record<Word, string>>,
): TemplateResult {
  return html`
    <fieldset class="segments">
      <legend class="unseen">${legend}</legend>
      ${words.map(
        (word) => html`
          <label>
            <input type="radio" name=${legend} .checked=${word === chosen} @change=${() => choose(word)} />
            ${labels?.[word] ?? word.replace(/^./, (letter) => letter.toUpperCase())}
          </label>
        `,
      )}
    </fieldset>
  `;
}

/** One of a few, side by side: radio buttons that look like one control. */
import { html, type TemplateResult } from 'lit';

export interface Segmented<Value extends string> {
  readonly legend: string;
  /** Of the group of radio buttons; once on the page. */
  readonly name: string;
  readonly choices: readonly (readonly [value: Value, label: string])[];
  readonly chosen: Value;
  choose(value: Value): void;
}

export function segmented<Value extends string>({
  legend,
  name,
  choices,
  chosen,
  choose,
}: Segmented<Value>): TemplateResult {
  return html`
    <fieldset class="segmented">
      <legend class="unseen">${legend}</legend>
      ${choices.map(
        ([value, label]) => html`
          <label>
            <input type="radio" name=${name} .checked=${value === chosen} @change=${() => choose(value)} />
            <span>${label}</span>
          </label>
        `,
      )}
    </fieldset>
  `;
}

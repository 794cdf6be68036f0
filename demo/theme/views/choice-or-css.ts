/** A choice of a few named values, and a field for any other CSS value. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { cssField } from '../../editor/css-field.js';
import { textIn } from '../../editor/control-value.js';
import { withoutFallbacks } from '../references.js';

export interface ChoiceOrCss {
  readonly label: string;
  readonly choices: readonly (readonly [name: string, css: string])[];
  /** The CSS property that a value must be valid for: `box-shadow`, `font-family`. */
  readonly property: string;
  readonly value: string;
  change(value: string): void;
}

export function choiceOrCss({ label, choices, property, value, change }: ChoiceOrCss): TemplateResult {
  const isNamed = choices.some(([, css]) => css === value);
  return html`
    <div class="choice">
      <select aria-label=${label} @change=${(event: Event) => change(textIn(event))}>
        ${choices.map(([name, css]) => html`<option value=${css} .selected=${live(css === value)}>${name}</option>`)}
        ${isNamed ? nothing : html`<option value=${value} .selected=${live(true)}>Custom</option>`}
      </select>
      ${cssField({ label, value: withoutFallbacks(value), accepts: (css) => CSS.supports(property, css), change })}
    </div>
  `;
}

/** A field for a CSS value. An invalid value is replaced by the previous one. */
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

export interface CssField {
  readonly label: string;
  readonly value: string;
  accepts(css: string): boolean;
  change(css: string): void;
}

export function cssField({ label, value, accepts, change }: CssField): TemplateResult {
  return html`
    <input
      type="text"
      spellcheck="false"
      autocomplete="off"
      aria-label="${label}, in CSS"
      .value=${live(value)}
      @change=${({ currentTarget: field }: Event) => {
        if (!(field instanceof HTMLInputElement)) return;
        const css = field.value.trim();
        if (accepts(css)) change(css);
        else field.value = value;
      }}
    />
  `;
}

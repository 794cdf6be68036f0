/** A number between two limits. */
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { literalOf } from '../references.js';
import type { Control } from '../token-controls.js';
import { numberIn } from '../../editor/control-value.js';

type NumberControl = Extract<Control, { kind: 'number' }>;

export function numberControl(
  { label, min, max, step }: NumberControl,
  css: string,
  change: (value: string) => void,
): TemplateResult {
  const value = literalOf(css);
  const set = (event: Event) => change(String(numberIn(event)));
  return html`
    <div class="scale">
      <input type="range" aria-label=${label} min=${min} max=${max} step=${step} .value=${live(value)} @input=${set} />
      <input type="number" aria-label="${label}, exactly" min=${min} max=${max} .value=${live(value)} @change=${set} />
    </div>
  `;
}

/** A length: a slider, a field for the exact number, a unit, and a checkbox for the keyword where there is one. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { numberIn, textIn } from '../../editor/control-value.js';
import { computedLength } from '../computed.js';
import { literalOf } from '../references.js';
import type { Control } from '../token-controls.js';

type LengthControl = Extract<Control, { kind: 'length' }>;

const PX_PER_REM = 16;

export function lengthControl(control: LengthControl, value: string, change: (value: string) => void): TemplateResult {
  const { label, scales, min = 0, keyword } = control;
  const isKeyword = value === keyword?.value;
  const shown = shownLength(value);
  const scale = scales.find(({ unit }) => shown.endsWith(unit)) ?? scales[0];
  const { unit, max, step } = scale;
  const length = isKeyword ? max / 2 : Number.parseFloat(shown) || 0;
  const set = (event: Event) => change(`${numberIn(event)}${unit}`);
  return html`
    <div class="scale">
      <input
        type="range"
        aria-label=${label}
        aria-valuetext="${length} ${unit}"
        min=${min}
        max=${max}
        step=${step}
        ?disabled=${isKeyword}
        .value=${live(String(length))}
        @input=${set}
      />
      <input
        type="number"
        aria-label="${label}, exactly"
        min=${min}
        step="any"
        ?disabled=${isKeyword}
        .value=${live(String(length))}
        @change=${set}
      />
      <select
        aria-label="${label}, unit"
        ?disabled=${isKeyword}
        @change=${(event: Event) => change(converted(length, unit, textIn(event)))}
      >
        ${scales.map((other) => html`<option .selected=${live(other.unit === unit)}>${other.unit}</option>`)}
      </select>
      ${
        keyword
          ? html`<label class="keyword">
              <input
                type="checkbox"
                .checked=${live(isKeyword)}
                @change=${() => change(isKeyword ? `${length}${unit}` : keyword.value)}
              />
              ${keyword.label}
            </label>`
          : nothing
      }
    </div>
  `;
}

/** A reference or a sum shows what it amounts to. */
function shownLength(value: string): string {
  const literal = literalOf(value);
  const px = /^-?[\d.]+(px|rem|em)$/.test(literal) ? undefined : computedLength(literal);
  return px === undefined ? literal : `${px}px`;
}

function converted(length: number, from: string, to: string): string {
  if (from === to) return `${length}${to}`;
  return to === 'px' ? `${Math.round(length * PX_PER_REM)}px` : `${length / PX_PER_REM}rem`;
}

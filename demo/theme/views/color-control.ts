/** A colour for light and one for dark mode, each with a picker and a field for any CSS notation. */
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { readColor } from '../color.js';
import { readColorPair, SCHEMES, writeColorPair, type ColorPair, type Scheme } from '../color-pair.js';
import { withoutFallbacks } from '../references.js';
import { cssField } from '../../editor/css-field.js';
import { textIn } from '../../editor/control-value.js';

/** @param shown the colours that the pickers show, in hexadecimal notation. */
export function colorControl(
  label: string,
  value: string,
  shown: ColorPair,
  change: (value: string) => void,
): TemplateResult {
  const pair = readColorPair(value);
  const set = (scheme: Scheme, css: string) => change(writeColorPair({ ...pair, [scheme]: css }));
  return html`
    <div class="pair">
      ${SCHEMES.map(
        (scheme) => html`
          <div class="color" data-scheme=${scheme}>
            <input
              type="color"
              aria-label="${label}, ${scheme}"
              .value=${live(shown[scheme])}
              @input=${(event: Event) => set(scheme, textIn(event))}
            />
            ${cssField({
              label: `${label}, ${scheme}`,
              value: withoutFallbacks(pair[scheme]),
              accepts: (css) => readColor(css) !== undefined,
              change: (css) => set(scheme, css),
            })}
          </div>
        `,
      )}
    </div>
  `;
}

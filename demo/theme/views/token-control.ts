/** The control of one token, chosen by its kind. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Scheme } from '../color-pair.js';
import { BLACK, hexOf, over, readColor } from '../color.js';
import { CONTROLS, type TokenName } from '../token-controls.js';
import { colorsOf, shownValue, valueOf, type Theme, type ValueKey } from '../theme.js';
import { colorControl } from './color-control.js';
import { fontControl } from './font-control.js';
import { lengthControl } from './length-control.js';
import { numberControl } from './number-control.js';
import { shadowControl } from './shadow-control.js';
import { choiceOrCss } from './choice-or-css.js';
import { initialOf } from '../tokens.js';

const EASINGS = [
  ['Default', initialOf('motion-easing')],
  ['Ease', 'ease'],
  ['Ease out', 'ease-out'],
  ['Linear', 'linear'],
] as const;

const RATIOS = [
  ['Wide', '16 / 9'],
  ['Photo', '3 / 2'],
  ['Square', '1'],
] as const;

export interface ThemeHandlers {
  set(key: ValueKey, value: string): void;
}

export function tokenControl(name: TokenName, theme: Theme, { set }: ThemeHandlers): TemplateResult {
  const control = CONTROLS[name];
  const value = valueOf(theme, name);
  const change = (changed: string) => set(name, changed);
  return field(control.label, theme[name] !== undefined, () => set(name, ''), drawn());

  function drawn(): TemplateResult {
    switch (control.kind) {
      case 'color':
        return colorControl(
          control.label,
          value,
          { light: visibleColor(theme, name, 'light'), dark: visibleColor(theme, name, 'dark') },
          change,
        );
      case 'length':
        return lengthControl(control, value, change);
      case 'number':
        return numberControl(control, value, change);
      case 'easing':
        return choiceOrCss({
          label: control.label,
          choices: EASINGS,
          property: 'animation-timing-function',
          value,
          change,
        });
      case 'ratio':
        return choiceOrCss({ label: control.label, choices: RATIOS, property: 'aspect-ratio', value, change });
      case 'shadow':
        return shadowControl(control.label, value, change);
    }
  }
}

/** For a picker, which knows no transparency: what is seen on the surface. */
function visibleColor(theme: Theme, name: TokenName, scheme: Scheme): string {
  const color = readColor(shownValue(theme, name, scheme));
  const surface = readColor(colorsOf(theme, 'surface-background-color')[scheme]);
  return hexOf(color && surface ? over(color, surface) : (color ?? BLACK));
}

export function fontField(theme: Theme, { set }: ThemeHandlers): TemplateResult {
  const value = valueOf(theme, 'font-family');
  const control = fontControl(value, (changed) => set('font-family', changed));
  return field('Font', theme['font-family'] !== undefined, () => set('font-family', ''), control);
}

function field(label: string, isSet: boolean, reset: () => void, control: TemplateResult): TemplateResult {
  return html`
    <div class="token" role="group" aria-label=${label}>
      <span class="token-label" aria-hidden="true">${label}</span>
      ${isSet ? html`<button type="button" class="reset" @click=${reset} aria-label="Reset ${label}">Reset</button>` : nothing}
      <div class="token-control">${control}</div>
    </div>
  `;
}

/** Says that the offers of a page wear a theme, and leads to its editor and back to the default. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Theme } from '../theme/theme.js';
import { carry } from './carried.js';

export function wornTheme(theme: Theme, remove: () => void): TemplateResult | typeof nothing {
  if (Object.keys(theme).length === 0) return nothing;
  return html`<p class="worn small">
    <span>Shown in your theme.</span>
    <a href=${carry('./theme.html')}>Edit theme</a>
    <button type="button" @click=${remove}>Default theme</button>
  </p>`;
}

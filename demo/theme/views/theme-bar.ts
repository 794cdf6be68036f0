/** What a designer wants at hand everywhere on the page: whether the contrast holds, the CSS, a link. */
import { html, type TemplateResult } from 'lit';
import '../../editor/copy-button.js';
import { exportCss, type Theme, type Writing } from '../theme.js';
import { contrastLink } from './contrast-table.js';

export function themeBar(theme: Theme, writing: Writing): TemplateResult {
  return html`
    <section class="theme-bar" aria-label="This theme">
      ${contrastLink(theme)}
      <copy-button .text=${exportCss(theme, writing)} label="Copy CSS" of="the CSS of this theme"></copy-button>
      <copy-button .text=${location.href} label="Copy link" of="a link to this theme"></copy-button>
    </section>
  `;
}

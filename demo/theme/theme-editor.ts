/** The theme editor, drawn from the state in the page's URL. */
import { html, LitElement } from 'lit';
import { segmented } from '../editor/segmented.js';
import { scenarioOf, STAGE_NAMES } from '../preview/preview.js';
import { previews } from '../preview/previews.js';
import { showHeader } from '../design-page/header.js';
import { urlState } from '../design-page/url-state.js';
import { SCHEMES } from './color-pair.js';
import { THEME_FIELDS, type ThemeState } from './theme-state.js';
import { themeCss, withValue } from './theme.js';
import { THEMED_OFFER } from './themed-offer.js';
import { adoptPanel } from './views/adopt-panel.js';
import { codePanel } from './views/code-panel.js';
import { contrastLink, contrastTable } from './views/contrast-table.js';
import { presetList } from './views/preset-list.js';
import { tokenGroups } from './views/token-groups.js';

const page = urlState<ThemeState>(THEME_FIELDS);

export class ThemeEditor extends LitElement {
  static override properties = { state: { state: true } };

  declare state: ThemeState;

  constructor() {
    super();
    this.state = page.current;
    page.watch((state) => (this.state = state));
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const { theme, scheme, stage, code, pasted } = this.state;
    return html`
      ${presetList(theme, (preset) => page.set({ theme: preset }))}
      <div class="workbench">
        <section class="stage" aria-labelledby="preview">
          <div class="bar">
            <h2 id="preview">Preview</h2>
            ${contrastLink(theme)}
            ${segmented('State of the offer', STAGE_NAMES, stage, (chosen) => page.set({ stage: chosen }))}
            ${segmented('Colour scheme', SCHEMES, scheme, (chosen) => page.set({ scheme: chosen }))}
          </div>
          ${previews({ scheme, css: themeCss(theme), scenario: scenarioOf(THEMED_OFFER, stage) })}
        </section>
        ${tokenGroups(theme, { set: (key, value) => page.set({ theme: withValue(theme, key, value) }, false) })}
      </div>
      ${contrastTable(theme)}
      <div class="take">
        ${adoptPanel(pasted, {
          paste: (text) => page.set({ pasted: text }, false),
          adopt: (adopted) => page.set({ theme: { ...theme, ...adopted } }),
        })}
        ${codePanel(code, theme, (chosen) => page.set({ code: chosen }))}
      </div>
    `;
  }
}

customElements.define('theme-editor', ThemeEditor);
showHeader('theme', page);

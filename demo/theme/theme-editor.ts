/** The theme editor, drawn from the state in the page's URL. */
import { html, LitElement } from 'lit';
import { segmented } from '../editor/segmented.js';
import { scenarioOf, STAGE_NAMES } from '../preview/preview.js';
import { previews } from '../preview/previews.js';
import { showHeader } from '../design-page/header.js';
import { urlState } from '../design-page/url-state.js';
import { SCHEMES } from './color-pair.js';
import { PANELS, THEME_FIELDS, type ThemeState } from './theme-state.js';
import { themeCss, withValue } from './theme.js';
import { THEMED_OFFER } from './themed-offer.js';
import { NO_SOURCE, type ImportSource } from './import-source.js';
import { contrastTable } from './views/contrast-table.js';
import { exportPanel } from './views/export-panel.js';
import { importPanel } from './views/import-panel.js';
import { presetList } from './views/preset-list.js';
import { themeBar } from './views/theme-bar.js';
import { tokenGroups } from './views/token-groups.js';

const page = urlState<ThemeState>(THEME_FIELDS);

const PANEL_LABELS = { presets: 'Presets', import: 'Import my tokens', export: 'Export' };

export class ThemeEditor extends LitElement {
  static override properties = { state: { state: true }, source: { state: true } };

  declare state: ThemeState;
  /** Not in the URL: a stylesheet may be long, and is nobody else's business. */
  declare source: ImportSource;

  constructor() {
    super();
    this.state = page.current;
    this.source = NO_SOURCE;
    page.watch((state) => (this.state = state));
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const { theme, scheme, stage, panel, writing } = this.state;
    return html`
      <div class="start">
        ${segmented('Start with', PANELS, panel, (chosen) => page.set({ panel: chosen }), PANEL_LABELS)}
        ${this.#panel()}
      </div>
      ${themeBar(theme, writing)}
      <div class="workbench">
        <section class="stage" aria-labelledby="preview">
          <div class="bar">
            <h2 id="preview">Preview</h2>
            ${segmented('State of the offer', STAGE_NAMES, stage, (chosen) => page.set({ stage: chosen }))}
            ${segmented('Colour scheme', SCHEMES, scheme, (chosen) => page.set({ scheme: chosen }))}
          </div>
          ${previews({ scheme, css: themeCss(theme), scenario: scenarioOf(THEMED_OFFER, stage) })}
        </section>
        ${tokenGroups(theme, { set: (key, value) => page.set({ theme: withValue(theme, key, value) }, false) })}
      </div>
      ${contrastTable(theme, (fixed) => page.set({ theme: fixed }))}
    `;
  }

  #panel() {
    const { theme, panel, code, writing } = this.state;
    switch (panel) {
      case 'presets':
        return presetList(theme, (preset) => page.set({ theme: preset }));
      case 'import':
        return importPanel(this.source, {
          change: (source) => (this.source = source),
          // In place of the theme: what is left of another system would refer to variables that this app does not have.
          import: (imported) => page.set({ theme: imported }),
        });
      case 'export':
        return exportPanel(code, writing, theme, {
          choose: (chosen) => page.set({ code: chosen }),
          write: (chosen) => page.set({ writing: chosen }),
        });
    }
  }
}

customElements.define('theme-editor', ThemeEditor);
showHeader('theme', page);

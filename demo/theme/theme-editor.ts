/** The theme editor: owns the state of its page and keeps it in the address. What it shows is the views'. */
import { html, LitElement } from 'lit';
import '../preview/offer-preview.js';
import { STAGES, type PreviewStage } from '../preview/preview.js';
import type { Scheme } from './color-pair.js';
import { readThemeState, writeThemeState, type ThemeState } from './theme-state.js';
import { withValue } from './theme.js';
import { adoptPanel } from './views/adopt-panel.js';
import { codePanel } from './views/code-panel.js';
import { contrastTable } from './views/contrast-table.js';
import { presetList } from './views/preset-list.js';
import { segmented } from '../editor/segmented.js';
import { previews } from './views/previews.js';
import { tokenGroups } from './views/token-groups.js';

export class ThemeEditor extends LitElement {
  static override properties = { state: { state: true } };

  declare state: ThemeState;

  constructor() {
    super();
    this.state = readThemeState(new URLSearchParams(location.search));
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const { theme, scheme, stage, code, pasted } = this.state;
    return html`
      ${presetList(theme, (preset) => this.#set({ theme: preset }))}
      <div class="workbench">
        ${tokenGroups(theme, { set: (key, value) => this.#set({ theme: withValue(theme, key, value) }) })}
        <section class="stage" aria-labelledby="preview">
          <div class="bar">
            <h2 id="preview">Preview</h2>
            ${segmented<PreviewStage>({
              legend: 'What is shown',
              name: 'stage',
              choices: STAGES,
              chosen: stage,
              choose: (chosen) => this.#set({ stage: chosen }),
            })}
            ${segmented<Scheme>({
              legend: 'Colour scheme',
              name: 'scheme',
              choices: [
                ['light', 'Light'],
                ['dark', 'Dark'],
              ],
              chosen: scheme,
              choose: (chosen) => this.#set({ scheme: chosen }),
            })}
          </div>
          ${previews(this.state)}
        </section>
      </div>
      ${contrastTable(theme)}
      <div class="take">
        ${adoptPanel(pasted, {
          paste: (text) => this.#set({ pasted: text }),
          adopt: (adopted) => this.#set({ theme: { ...theme, ...adopted } }),
        })}
        ${codePanel(code, theme, (chosen) => this.#set({ code: chosen }))}
      </div>
    `;
  }

  #set(change: Partial<ThemeState>): void {
    this.state = { ...this.state, ...change };
    history.replaceState(null, '', `?${writeThemeState(this.state)}`);
  }
}

customElements.define('theme-editor', ThemeEditor);

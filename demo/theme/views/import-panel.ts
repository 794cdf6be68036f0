/** "Import my tokens": paste an app's custom properties or choose a design system, check what it would set, import it. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { styleMap } from 'lit/directives/style-map.js';
import { textIn } from '../../editor/control-value.js';
import { readColorPair, SCHEMES } from '../color-pair.js';
import { readColor } from '../color.js';
import { importFrom, type ImportSource } from '../import-source.js';
import type { Imported, ImportedTheme, Mapping, Unused } from '../imported-theme.js';
import { literalOf, withoutFallbacks } from '../references.js';
import { SYSTEMS } from '../systems/systems.js';
import { VALUE_KEYS, type Theme, type ValueKey } from '../theme.js';
import { CONTROLS } from '../token-controls.js';

export interface ImportHandlers {
  change(source: ImportSource): void;
  import(theme: Theme): void;
}

const WHYS: Record<Unused['why'], string> = {
  unknown: '',
  unreadable: 'The token does not take its value.',
  second: 'Another variable sets the same token.',
};

/** A whole stylesheet has a thousand variables, most of them of a palette. */
const MOST = 150;

const EXAMPLE = `:root {
  --primary: oklch(0.55 0.2 260);
  --background: #ffffff;
  --radius: 0.75rem;
}
.dark {
  --primary: oklch(0.8 0.12 260);
}`;

export function importPanel(source: ImportSource, handlers: ImportHandlers): TemplateResult {
  const { system, result } = importFrom(source);
  const change = (changed: Partial<ImportSource>) => handlers.change({ ...source, ...changed });
  return html`
    <section class="import" aria-labelledby="import">
      <h2 id="import" class="unseen">Import my tokens</h2>
      <div class="import-source">
        <div class="field">
          <label for="pasted">Paste your app's CSS variables, or its whole stylesheet</label>
          <textarea
            id="pasted"
            class="code"
            rows="9"
            spellcheck="false"
            placeholder=${EXAMPLE}
            .value=${source.pasted}
            @input=${(event: Event) => change({ pasted: textIn(event) })}
          ></textarea>
        </div>
        <div class="import-actions">
          <div class="field">
            <label for="system">Design system</label>
            <select id="system" @change=${(event: Event) => change({ systemName: textIn(event) })}>
              <option value="" .selected=${live(source.systemName === '')}>
                ${system && source.systemName === '' ? `Detected: ${system.name}` : 'Detect'}
              </option>
              ${SYSTEMS.map(
                ({ name }) =>
                  html`<option value=${name} .selected=${live(name === source.systemName)}>${name}</option>`,
              )}
              <option value="none" .selected=${live(source.systemName === 'none')}>None of these</option>
            </select>
          </div>
          <button
            type="button"
            class="button primary"
            ?disabled=${!result || result.imported.length === 0}
            @click=${() => result && handlers.import(result.theme)}
          >
            Import
          </button>
        </div>
      </div>
      <div class="report" role="group" aria-label="What the import sets" tabindex="0">
        <p role="status">${result ? summary(result, system?.name) : nothing}</p>
        ${result ? lists(result, source.mapping, (mapping) => change({ mapping })) : HINT}
      </div>
    </section>
  `;
}

const HINT = html`<p class="quiet">
  The theme refers to your variables, so that a rebrand, another tenant or your dark mode changes the offer, too. No
  stylesheet at hand? Choose a design system.
</p>`;

function summary({ imported, unused, hasDark, theme }: ImportedTheme, system: string | undefined): string {
  if (imported.length + unused.length === 0) return 'No custom properties found.';
  if (imported.length === 0) return 'No matching tokens.';
  const what = `${count(imported.length, 'token')} set${system ? ` from ${system}` : ''}.`;
  return `${what} ${darkMode(theme, hasDark)}`;
}

function darkMode(theme: Theme, hasDark: boolean): string {
  const { 'dark-selector': selector, 'color-scheme': scheme } = theme;
  if (selector) return `Dark mode by ${selector}.`;
  if (scheme === 'light dark') return 'Dark mode by the system.';
  if (scheme) return `Always ${scheme}, as your variables are.`;
  return hasDark
    ? 'Dark mode by the color-scheme of your page.'
    : 'No dark mode found: its accent keeps the hue and is as light as it has to be.';
}

function lists({ imported, unused }: ImportedTheme, mapping: Mapping, map: (mapping: Mapping) => void): TemplateResult {
  return html`
    ${
      imported.length > 0
        ? html`<ul class="takes" aria-label="Imported">
            ${imported.map((one) => importedItem(one, mapping, map))}
          </ul>`
        : nothing
    }
    ${
      unused.length > 0
        ? html`<details>
            <summary>${count(unused.length, 'variable')} not used</summary>
            <ul class="takes" aria-label="Not used">
              ${unused.slice(0, MOST).map((one) => unusedItem(one, (key) => map({ ...mapping, [one.name]: key })))}
            </ul>
            ${unused.length > MOST ? html`<p class="quiet small">And ${unused.length - MOST} more.</p>` : nothing}
          </details>`
        : nothing
    }
  `;
}

function importedItem(
  { key, value, from }: Imported,
  mapping: Mapping,
  map: (mapping: Mapping) => void,
): TemplateResult {
  const { light, dark } = readColorPair(withoutFallbacks(value));
  const mapped = from.find((name) => mapping[name] === key);
  return html`
    <li>
      ${swatches(value)}
      <span><b>${labelOf(key)}</b> <code>${light === dark ? light : `${light} / ${dark}`}</code></span>
      ${
        mapped
          ? html`<button
              type="button"
              class="fix"
              aria-label="Undo: ${mapped} for ${labelOf(key)}"
              @click=${() => map(Object.fromEntries(Object.entries(mapping).filter(([name]) => name !== mapped)))}
            >
              Undo
            </button>`
          : nothing
      }
      ${key === 'accent-text-color' && from.length === 0 ? html`<small>White or black, as it reads best.</small>` : nothing}
    </li>
  `;
}

function unusedItem({ name, value, why, fits }: Unused, use: (key: ValueKey) => void): TemplateResult {
  return html`
    <li>
      ${swatches(value)}
      <span><code>${name}</code> ${WHYS[why]}</span>
      ${
        fits.length > 0
          ? html`<select
              aria-label="Use ${name} for"
              @change=${(event: Event) => {
                const key = VALUE_KEYS.find((known) => known === textIn(event));
                if (key) use(key);
              }}
            >
              <option value="" .selected=${live(true)}>Use it for…</option>
              ${fits.map((key) => html`<option value=${key}>${labelOf(key)}</option>`)}
            </select>`
          : html`<small>${value}</small>`
      }
    </li>
  `;
}

/** The colour in light and in dark mode, where the value is one. */
function swatches(value: string): TemplateResult {
  const pair = readColorPair(literalOf(value));
  return html`<span class="swatches" aria-hidden="true"
    >${SCHEMES.map((scheme) =>
      readColor(pair[scheme]) ? html`<i style=${styleMap({ backgroundColor: pair[scheme] })}></i>` : nothing,
    )}</span
  >`;
}

function labelOf(key: ValueKey): string {
  return key === 'font-family' ? 'Font' : CONTROLS[key].label;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

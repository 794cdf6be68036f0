/** The presets, each with a small sample of its colours and shapes. */
import { html, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import { PRESETS } from '../presets.js';
import { themeCss, valueOf, type Theme } from '../theme.js';

export function presetList(theme: Theme, choose: (theme: Theme) => void): TemplateResult {
  const css = themeCss(theme);
  return html`
    <section class="presets" aria-labelledby="presets">
      <h2 id="presets" class="unseen">Presets</h2>
      <ul>
        ${PRESETS.map(
          (preset) => html`
            <li>
              <button
                type="button"
                class="preset"
                aria-pressed=${themeCss(preset.theme) === css ? 'true' : 'false'}
                @click=${() => choose(preset.theme)}
              >
                ${glance(preset.theme)}
                <span class="preset-name">${preset.name}</span>
                <span class="preset-says">${preset.says}</span>
              </button>
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}

function glance(theme: Theme): TemplateResult {
  const card = styleMap({
    backgroundColor: valueOf(theme, 'surface-background-color'),
    borderColor: valueOf(theme, 'surface-border-color'),
    borderRadius: valueOf(theme, 'surface-border-radius'),
    boxShadow: valueOf(theme, 'surface-box-shadow'),
    color: valueOf(theme, 'text-color'),
    fontFamily: valueOf(theme, 'font-family'),
    fontWeight: valueOf(theme, 'title-font-weight'),
  });
  const button = styleMap({
    backgroundColor: valueOf(theme, 'accent-color'),
    borderRadius: valueOf(theme, 'option-border-radius'),
  });
  return html`<span class="glance" style=${card} aria-hidden="true">Aa <i style=${button}></i></span>`;
}

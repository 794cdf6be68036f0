/** "Adopt my theme": paste the app's custom properties, check what would be adopted, adopt it. */
import { html, nothing, type TemplateResult } from 'lit';
import { adopt, type Adoption, type Unused } from '../adopt.js';
import { CONTROLS } from '../token-controls.js';
import { readDeclarations } from '../declarations.js';
import type { Theme, ThemeKey } from '../theme.js';
import { textIn } from '../../editor/control-value.js';

export interface AdoptHandlers {
  paste(text: string): void;
  adopt(theme: Theme): void;
}

const WHYS: Record<Unused['why'], string> = {
  unknown: 'The widget has no token for it.',
  unreadable: 'Its value cannot be read.',
  second: 'Another variable sets the same token.',
};

const EXAMPLE = `:root {
  --primary: oklch(0.55 0.2 260);
  --background: #ffffff;
  --radius: 0.75rem;
}
.dark {
  --primary: oklch(0.8 0.12 260);
}`;

export function adoptPanel(pasted: string, handlers: AdoptHandlers): TemplateResult {
  const adoption = pasted.trim() ? adopt(readDeclarations(pasted)) : undefined;
  return html`
    <section class="adopt" aria-labelledby="adopt">
      <h2 id="adopt">Adopt my theme</h2>
      <p>
        <label for="pasted"
          >Paste the custom properties of your app: its <code>:root</code> block, and its block for dark mode.</label
        >
      </p>
      <textarea
        id="pasted"
        class="code"
        rows="9"
        spellcheck="false"
        placeholder=${EXAMPLE}
        .value=${pasted}
        @input=${(event: Event) => handlers.paste(textIn(event))}
      ></textarea>
      <button
        type="button"
        class="button primary"
        ?disabled=${!adoption || adoption.adopted.length === 0}
        @click=${() => adoption && handlers.adopt(adoption.theme)}
      >
        Adopt
      </button>
      <div class="report">
        <p role="status">${adoption ? summary(adoption) : nothing}</p>
        ${adoption ? lists(adoption) : nothing}
      </div>
    </section>
  `;
}

function summary({ adopted, unused, hasDark }: Adoption): string {
  if (adopted.length + unused.length === 0) return 'The text has no custom property.';
  if (adopted.length === 0) return 'No custom property fits a token.';
  const dark = hasDark ? '' : ' There are no dark colours: in dark mode the widget keeps its own.';
  return `${count(adopted.length, 'value')} to adopt.${dark}`;
}

function lists({ adopted, unused }: Adoption): TemplateResult {
  return html`
    ${
      adopted.length > 0
        ? html`<ul class="takes" aria-label="What is adopted">
            ${adopted.map(
              ({ key, from, value }) => html`
                <li>
                  <code>${from ?? 'black or white, the more legible'}</code> → <b>${labelOf(key)}</b>
                  <small>${value}</small>
                </li>
              `,
            )}
          </ul>`
        : nothing
    }
    ${
      unused.length > 0
        ? html`<details>
            <summary>${count(unused.length, 'variable')} not used</summary>
            <ul class="takes" aria-label="What is not used">
              ${unused.map(({ name, value, why }) => html`<li><code>${name}</code> ${WHYS[why]} <small>${value}</small></li>`)}
            </ul>
          </details>`
        : nothing
    }
  `;
}

function labelOf(key: ThemeKey): string {
  return key === 'font-family' ? 'Font' : CONTROLS[key].label;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** All token controls, in groups. */
import { html, nothing, type TemplateResult } from 'lit';
import { CONTROLS, GROUPS } from '../token-controls.js';
import type { Theme } from '../theme.js';
import { TOKENS } from '../tokens.js';
import { fontField, tokenControl, type ThemeHandlers } from './token-control.js';

export function tokenGroups(theme: Theme, handlers: ThemeHandlers): TemplateResult {
  return html`
    <section class="tokens" aria-labelledby="tokens">
      <h2 id="tokens">Tokens</h2>
      ${GROUPS.map(
        (group) => html`
          <details class="group" ?open=${group !== 'Layout' && group !== 'Motion'}>
            <summary><h3>${group}</h3></summary>
            ${group === 'Colours' ? html`<p class="columns" aria-hidden="true"><span>Light</span><span>Dark</span></p>` : nothing}
            ${group === 'Typography' ? fontField(theme, handlers) : nothing}
            ${TOKENS.filter(({ name }) => CONTROLS[name].group === group).map(({ name }) =>
              tokenControl(name, theme, handlers),
            )}
          </details>
        `,
      )}
    </section>
  `;
}

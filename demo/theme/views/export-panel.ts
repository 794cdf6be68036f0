/** The theme to take away: as CSS for an app, within each framework, and as design tokens. */
import { html, nothing, type TemplateResult } from 'lit';
import '../../editor/copy-button.js';
import { segmented } from '../../editor/segmented.js';
import { namesIn } from '../references.js';
import { hasTheme, snippet, SNIPPET_NAMES, type SnippetName } from '../snippets.js';
import { WRITINGS, type Theme, type Writing } from '../theme.js';

export interface ExportHandlers {
  choose(name: SnippetName): void;
  write(writing: Writing): void;
}

export function exportPanel(
  name: SnippetName,
  writing: Writing,
  theme: Theme,
  handlers: ExportHandlers,
): TemplateResult {
  const { file, code } = snippet(name, theme, writing);
  const hasVariables = Object.values(theme).some((value) => namesIn(value).length > 0);
  return html`
    <section class="export" aria-labelledby="export">
      <h2 id="export" class="unseen">Export</h2>
      <div class="bar">
        ${segmented('Export as', SNIPPET_NAMES, name, handlers.choose)}
        ${hasVariables && hasTheme(name) ? segmented('Write', WRITINGS, writing, handlers.write) : nothing}
      </div>
      <figure class="sample">
        <figcaption>
          <code>${file}</code> <copy-button .text=${code} label="Copy" of=${`the ${name} code`}></copy-button>
        </figcaption>
        <pre class="snippet" tabindex="0" aria-label=${`${name} code`} role="region"><code>${code}</code></pre>
      </figure>
      ${
        hasVariables && hasTheme(name)
          ? html`<p class="quiet small">
              ${
                writing === 'variables'
                  ? 'It refers to your variables, so a rebrand or another tenant changes the offer, too.'
                  : 'It has the values that your variables had when you imported them.'
              }
            </p>`
          : nothing
      }
    </section>
  `;
}

/** The code to copy into an app. */
import { html, type TemplateResult } from 'lit';
import '../../editor/copy-button.js';
import { snippet, SNIPPET_NAMES, type SnippetName } from '../snippets.js';
import type { Theme } from '../theme.js';
import { segmented } from '../../editor/segmented.js';

export function codePanel(name: SnippetName, theme: Theme, choose: (name: SnippetName) => void): TemplateResult {
  const { file, code } = snippet(name, theme);
  return html`
    <section class="take-home" aria-labelledby="code">
      <h2 id="code">Copy the code</h2>
      ${segmented('Code for', SNIPPET_NAMES, name, choose)}
      <figure class="sample">
        <figcaption>
          <code>${file}</code> <copy-button .text=${code} label="Copy" of=${`the ${name} code`}></copy-button>
        </figcaption>
        <pre class="snippet" tabindex="0" aria-label=${`${name} code`} role="region"><code>${code}</code></pre>
      </figure>
    </section>
  `;
}

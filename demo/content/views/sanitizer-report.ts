/** The sanitized HTML of title and description, and a list of what was dropped or changed. */
import { html, nothing, type TemplateResult } from 'lit';
import type { RichText } from '../../../widget/view/rich-text/rich-text.js';
import type { ContentState } from '../content.js';
import type { Sanitizers } from '../sanitizers.js';
import { remarksOn, type Remark } from '../remarks.js';

const FATES: Record<Remark['fate'], string> = { dropped: 'Dropped', changed: 'Changed' };

export function sanitizerReport({ title, description }: ContentState, sanitizers: Sanitizers): TemplateResult {
  return html`
    <div class="reports">
      ${reportOn('Title', title, sanitizers)} ${reportOn('Description', description, sanitizers)}
    </div>
  `;
}

function reportOn(name: string, source: string, { native, purified }: Sanitizers): TemplateResult {
  const richText = native ?? purified;
  const kept = markupOf(richText, source);
  const remarks = remarksOn(source, richText);
  const isSame = native === undefined || kept === markupOf(purified, source);
  return html`
    <article class="card" aria-labelledby=${name}>
      <h3 id=${name}>${name}</h3>
      <pre
        class="snippet"
        tabindex="0"
        role="region"
        aria-label="${name}, as it is shown"
      ><code>${kept || ' '}</code></pre>
      ${
        remarks.length === 0
          ? html`<p class="quiet">Everything is kept.</p>`
          : html`<ul class="remarks" aria-label="${name}: what is dropped or changed">
              ${remarks.map(
                ({ subject, says, fate, times }) => html`
                  <li>
                    <span class="fate" data-fate=${fate}>${FATES[fate]}</span>
                    <code>${subject}${times > 1 ? html` <b>× ${times}</b>` : nothing}</code>
                    <span>${says}</span>
                  </li>
                `,
              )}
            </ul>`
      }
      <p class="quiet small">${sanitizerNote(native, isSame)}</p>
      ${
        isSame
          ? nothing
          : html`<pre
              class="snippet"
              tabindex="0"
              role="region"
              aria-label="${name}, sanitized by DOMPurify"
            ><code>${markupOf(purified, source)}</code></pre>`
      }
    </article>
  `;
}

function sanitizerNote(native: RichText | undefined, isSame: boolean): string {
  if (!native) return 'Sanitized by DOMPurify, because this browser has no sanitizer of its own.';
  return isSame
    ? "This browser's own sanitizer and DOMPurify, for browsers without one, give the same result."
    : "This is the result of the browser's own sanitizer. DOMPurify, for browsers without one, gives another:";
}

function markupOf(richText: RichText, source: string): string {
  const root = document.createElement('div');
  root.append(richText(source));
  return root.innerHTML.trim();
}

/** The contrast of every pair of colours, in both colour schemes. */
import { html, nothing, type TemplateResult } from 'lit';
import { SCHEMES, type Scheme } from '../color-pair.js';
import { contrasts, writeRatio, type Contrast } from '../contrast.js';
import { canFix, fixedContrast, fixedTheme } from '../fix-contrast.js';
import type { Theme } from '../theme.js';

const VERDICTS: Record<Contrast['verdict'], string> = {
  pass: 'Pass',
  fail: 'Fail',
  decoration: 'Decoration',
  unreadable: 'Not a colour',
};

/** A summary with a link, for the part of the page where the table is out of sight. */
export function contrastLink(theme: Theme): TemplateResult {
  const failed = failedOf(theme);
  return html`<a class="contrast-link" href="#contrast" ?data-failed=${failed > 0}
    >Contrast: ${failed === 0 ? 'all pass' : `${failed} fail`}</a
  >`;
}

export function contrastTable(theme: Theme, fix: (theme: Theme) => void): TemplateResult {
  const [light = [], dark = []] = SCHEMES.map((scheme) => contrasts(theme, scheme));
  const failed = failedOf(theme);
  return html`
    <section class="contrast" aria-labelledby="contrast">
      <h2 id="contrast">Contrast</h2>
      <div class="bar">
        <p role="status">
          ${failed === 0 ? 'Every pair passes WCAG 2.2 AA.' : `${failed} of ${light.length * 2} pairs fail WCAG 2.2 AA.`}
        </p>
        ${
          failed > 0
            ? html`<button type="button" class="button" @click=${() => fix(fixedTheme(theme, SCHEMES))}>
                Fix all
              </button>`
            : nothing
        }
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">Pair</th>
            <th scope="col">Light</th>
            <th scope="col">Dark</th>
          </tr>
        </thead>
        <tbody>
          ${light.map(
            ({ what, needed }, index) => html`
              <tr>
                <th scope="row">${what} <small>${needed > 1 ? `needs ${needed}` : 'no minimum'}</small></th>
                ${SCHEMES.map((scheme) => {
                  const pair = (scheme === 'light' ? light : dark)[index];
                  return pair && html`<td>${result(pair)} ${fixButton(theme, scheme, pair, fix)}</td>`;
                })}
              </tr>
            `,
          )}
        </tbody>
      </table>
    </section>
  `;
}

function result({ ratio, verdict }: Contrast): TemplateResult {
  return html`<span class="ratio">${writeRatio(ratio)}</span>
    <span class="verdict" data-verdict=${verdict}>${VERDICTS[verdict]}</span>`;
}

/** No button where no lightness of the colour in front is enough. */
function fixButton(theme: Theme, scheme: Scheme, pair: Contrast, fix: (theme: Theme) => void): unknown {
  if (pair.verdict !== 'fail' || !canFix(theme, scheme, pair)) return nothing;
  return html`<button
    type="button"
    class="fix"
    aria-label="Fix: ${pair.what}, ${scheme}"
    @click=${() => fix(fixedContrast(theme, scheme, pair) ?? theme)}
  >
    Fix
  </button>`;
}

function failedOf(theme: Theme): number {
  const all = SCHEMES.flatMap((scheme) => contrasts(theme, scheme));
  return all.filter(({ verdict }) => verdict === 'fail' || verdict === 'unreadable').length;
}

/** The contrast of every pair of colours, in both colour schemes. */
import { html, type TemplateResult } from 'lit';
import { SCHEMES } from '../color-pair.js';
import { contrasts, writeRatio, type Contrast } from '../contrast.js';
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

export function contrastTable(theme: Theme): TemplateResult {
  const [light = [], dark = []] = SCHEMES.map((scheme) => contrasts(theme, scheme));
  const failed = failedOf(theme);
  return html`
    <section class="contrast" aria-labelledby="contrast">
      <h2 id="contrast">Contrast</h2>
      <p role="status">
        ${failed === 0 ? 'Every pair passes WCAG 2.2 AA.' : `${failed} of ${light.length * 2} pairs fail WCAG 2.2 AA.`}
      </p>
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
                ${[light[index], dark[index]].map(
                  (pair) =>
                    pair &&
                    html`<td>
                      <span class="ratio">${writeRatio(pair.ratio)}</span>
                      <span class="verdict" data-verdict=${pair.verdict}>${VERDICTS[pair.verdict]}</span>
                    </td>`,
                )}
              </tr>
            `,
          )}
        </tbody>
      </table>
    </section>
  `;
}

function failedOf(theme: Theme): number {
  const all = SCHEMES.flatMap((scheme) => contrasts(theme, scheme));
  return all.filter(({ verdict }) => verdict === 'fail' || verdict === 'unreadable').length;
}

/** The funnels as cards: one of all campaigns, from the question on, and one for each campaign, from its offer on. Pure. */
import { html, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import type { Counts, FunnelCounts, Step } from './step.js';

const NAMES: Readonly<Record<Step, string>> = {
  asked: 'Asked',
  offered: 'Offered',
  viewed: 'Viewed',
  accepted: 'Accepted',
  fulfilled: 'Fulfilled',
  dismissed: 'Dismissed',
};

const OF_CAMPAIGN: readonly Step[] = ['offered', 'viewed', 'accepted', 'fulfilled', 'dismissed'];

export function funnelCards({ all, campaigns }: FunnelCounts): TemplateResult {
  if (all.asked === 0) {
    return html`<p class="card nothing-counted">
      Nobody was asked yet. <a href="analytics.html">Open Analytics</a> or
      <a href="storage.html?used=86">fill your storage</a>, and come back.
    </p>`;
  }
  return html`${card('All campaigns', '', ['asked', ...OF_CAMPAIGN], all)}
  ${campaigns.map(({ id, title, counts }) => card(title, id, OF_CAMPAIGN, counts))}`;
}

function card(title: string, id: string, steps: readonly Step[], counts: Counts): TemplateResult {
  const [first = 'asked'] = steps;
  return html`<section class="card funnel">
    <h2>${title} ${id && html`<small><code>${id}</code></small>`}</h2>
    <table>
      <thead class="unseen">
        <tr>
          <th scope="col">Step</th>
          <td></td>
          <th scope="col">Customers</th>
          <th scope="col">Of those ${NAMES[first].toLowerCase()}</th>
        </tr>
      </thead>
      <tbody>
        ${steps.map((step) => row(step, counts[step], counts[first]))}
      </tbody>
    </table>
  </section>`;
}

function row(step: Step, count: number, of: number): TemplateResult {
  const share = of === 0 ? 0 : count / of;
  return html`<tr data-step=${step}>
    <th scope="row">${NAMES[step]}</th>
    <td class="bar" aria-hidden="true"><span style=${styleMap({ '--share': String(share) })}></span></td>
    <td class="count">${count}</td>
    <td class="share">${Math.round(share * 100)} %</td>
  </tr>`;
}

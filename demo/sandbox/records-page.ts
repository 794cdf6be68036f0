/**
 * The page at `/sandbox`: what Chargebee has recorded, and which customers there are to try.
 * It reads itself again every two seconds while it is looked at; without JavaScript it is the same page, standing still.
 */
import { html, raw } from 'hono/html';
import type { Fault } from './faults.js';
import { ledger, type Entry } from './ledger.js';
import { page } from './page.js';
import type { SandboxRecords } from './records.js';
import type { Scenarios } from './scenarios.js';

export interface RecordsPageModel {
  readonly site: string;
  readonly records: SandboxRecords;
  readonly customerId: string | undefined;
  readonly faults: readonly Fault[];
  readonly scenarios: Scenarios;
}

const ENTRIES_SHOWN = 200;

export function recordsPage({ site, records, customerId, faults, scenarios }: RecordsPageModel) {
  const entries = ledger(records);
  return page(
    `Sandbox Chargebee: ${site}`,
    html`<header>
        <h1>Sandbox Chargebee <span class="quiet">${site}</span></h1>
        <p class="lead">
          This stands in for Chargebee Growth and Billing, in memory, until it is stopped. It does not imitate invoices,
          payments, plans, experiments, rate limits, mails or calls of your webhook, and every customer exists.
          Chargebee does not document, so the sandbox assumes: 409 for a second acceptance, 400 for an expired offer,
          offers that live an hour, a day of cooldown after a dismissal, an offer that comes back when its fulfillment
          failed, and <code>fulfillment_expired</code> after seven days.
        </p>
      </header>
      <main>
        ${faults.map(
          ({ operation, kind, times }) =>
            html`<p class="fault">Fault in force: ${operation} is ${kind}${times ? `, ${times} more times` : ''}.</p>`,
        )}
        <h2>
          Recorded ${customerId === undefined ? '' : html`for <code>${customerId}</code> <a href="?">Show all</a>`}
        </h2>
        ${
          entries.length > 0
            ? html`<ol class="ledger">
                ${entries.slice(0, ENTRIES_SHOWN).map(row)}
              </ol>`
            : html`<p class="quiet">Nothing yet. Every call to <code>/api/v2</code> will show here.</p>`
        }
        ${
          entries.length > ENTRIES_SHOWN
            ? html`<p class="quiet">
                ${entries.length - ENTRIES_SHOWN} older ones are in <a href="/sandbox/records">the records as JSON</a>.
              </p>`
            : ''
        }
      </main>
      <aside>
        <h2>Customers to try</h2>
        <p class="quiet narrow">
          The id of a customer decides, alone or with anything after it: <code>checkout</code>,
          <code>cus_checkout_42</code>. Any other id is an ordinary customer.
        </p>
        <dl class="scenarios">
          ${[...scenarios.named].map(
            ([name, { says }]) =>
              html`<div>
                <dt><code>${name}</code></dt>
                <dd>${says}</dd>
              </div>`,
          )}
        </dl>
      </aside>
      <script>
        ${raw(REFRESH)};
      </script>`,
    STYLES,
  );
}

function row({ at, what, about, tone, customerId }: Entry) {
  const time = new Date(at);
  return html`<li>
    <time datetime=${time.toISOString()}>${time.toLocaleTimeString('en-GB')}</time>
    <strong class=${tone}>${what}</strong>
    <span>${about}</span>
    ${customerId === undefined ? '' : html`<a href="?customer_id=${encodeURIComponent(customerId)}">${customerId}</a>`}
  </li>`;
}

const REFRESH = `
  setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(location.href).catch(() => undefined);
    if (!answer?.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
    const shown = document.querySelector('main');
    if (next && next.innerHTML !== shown.innerHTML && !shown.contains(document.activeElement)) shown.replaceWith(next);
  }, 2000);
`;

const STYLES = `
  h2 a { margin-inline-start: 0.5rem; font-weight: 400; }
  .ledger { list-style: none; border-block-start: 1px solid var(--line); }
  .ledger li { display: grid; grid-template-columns: 5rem 10rem 1fr auto; gap: 1rem; padding-block: 0.5rem; border-block-end: 1px solid var(--line); font-size: 0.9375rem; }
  .ledger time { color: var(--quiet); font-variant-numeric: tabular-nums; }
  .ledger strong { font-weight: 550; }
  .ledger span { overflow-wrap: anywhere; }
  .ledger a { font-family: var(--mono); font-size: 0.875em; }
  .ledger .good { color: var(--good); }
  .ledger .bad, .fault { color: var(--bad); }
  .ledger .quiet { font-weight: 400; }
  .fault { margin-block-start: 2rem; }
  .narrow { max-inline-size: 68ch; }
  .scenarios { margin-block-start: 1rem; columns: 26rem; column-gap: 2.5rem; }
  .scenarios div { display: grid; grid-template-columns: 11.5rem 1fr; gap: 1rem; padding-block: 0.375rem; break-inside: avoid; font-size: 0.9375rem; }
  @media (max-width: 44rem) {
    .ledger li { grid-template-columns: 5rem 1fr; gap: 0 1rem; }
    .ledger span, .ledger a { grid-column: 2; }
    .scenarios div { grid-template-columns: 1fr; gap: 0; }
  }
`;

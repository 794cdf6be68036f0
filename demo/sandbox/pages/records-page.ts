/** The page at `/sandbox`: what the sandbox is, what time it has, what was recorded, and which customers there are to try. */
import { html } from 'hono/html';
import type { Parts } from '../sandbox.js';
import type { Scenario } from '../scenarios.js';
import { clockCard } from './clock-card.js';
import { ledger, type Entry } from './ledger.js';
import { page, PATHS } from './page.js';

export interface RecordsPageModel {
  readonly parts: Parts;
  readonly customerId: string | undefined;
  readonly origin: string;
}

const ENTRIES_SHOWN = 200;

const HEADINGS: Readonly<Record<Scenario['about'], string>> = {
  offers: 'What is offered',
  fulfillments: 'How a fulfillment ends',
  entitlements: 'What the subscription has',
  faults: 'What goes wrong with every call',
};

export function recordsPage({ parts, customerId, origin }: RecordsPageModel) {
  const { site, scenarios } = parts;
  return page({
    title: `Sandbox Chargebee: ${site}`,
    path: PATHS.records,
    site,
    body: html`<h1>A Chargebee to try things on</h1>
      <p class="lead">
        This stands in for Chargebee Growth and Billing, in memory, until it is stopped. It does not imitate invoices,
        payments, plans, experiments, triggers, end-of-term changes, idempotency keys, mails, calls of your webhook or
        Growth's own webhooks, and every customer exists. Chargebee does not document, so the sandbox assumes: 409 for a
        second acceptance, 400 for an expired offer, offers that live an hour and get a new id at each fetch, a day of
        cooldown after a dismissal, an offer that comes back when its fulfillment failed,
        <code>checkout_abandoned</code> when an unpaid page dies after three hours,
        <code>fulfillment_expired</code> after seven days, and one rate limit for both hosts.
        <a href="${PATHS.faults}#settings">Most of it can be changed.</a>
      </p>
      <div class="columns">
        ${clockCard(parts)}
        <section class="card">
          <h2>Call it</h2>
          <pre>${curlCommand(origin, parts.apiKey)}</pre>
          <p class="lead small quiet">
            The proxy takes <code>${origin}</code> as <code>CHARGEBEE_URL</code>, with the site <code>${site}</code> and
            the key <code>${parts.apiKey}</code>.
          </p>
        </section>
      </div>
      ${recorded(parts, customerId)}
      <h2>Customers to try</h2>
      <p class="quiet">
        The id of a customer decides, alone or with anything after it: <code>checkout</code>,
        <code>cus_checkout_42</code>. Any other id is an ordinary customer, who meets
        <a href="${PATHS.plays}">the plays</a>.
      </p>
      ${(['offers', 'fulfillments', 'entitlements', 'faults'] as const).map(
        (about) =>
          html`<h3>${HEADINGS[about]}</h3>
            <dl class="scenarios">
              ${[...scenarios.named].filter(([, scenario]) => scenario.about === about).map(scenarioRow)}
            </dl>`,
      )}
      <p id="said" class="visually-hidden" role="status"></p>`,
  });
}

function recorded(parts: Parts, customerId: string | undefined) {
  const entries = ledger(parts.records(customerId));
  const older = entries.length - ENTRIES_SHOWN;
  return html`<section id="recorded" data-live aria-labelledby="recorded-heading">
    <h2 id="recorded-heading">Recorded ${customerId === undefined ? '' : html`for <code>${customerId}</code>`}</h2>
    <p class="small beside">
      ${customerId === undefined ? '' : html`<a href="?">Show all customers</a> · `}
      <a href="/sandbox/records${customerId === undefined ? '' : `?customer_id=${encodeURIComponent(customerId)}`}"
        >As JSON</a
      >
    </p>
    ${
      entries.length > 0
        ? html`<ol class="ledger">
            ${entries.slice(0, ENTRIES_SHOWN).map(row)}
          </ol>`
        : html`<p class="card quiet">Nothing yet. Every call to <code>/api/v2</code> will show here.</p>`
    }
    ${older > 0 ? html`<p class="quiet small">${older} older ones are in the JSON.</p>` : ''}
  </section>`;
}

function row({ at, what, about, tone, customerId }: Entry) {
  const time = new Date(at);
  return html`<li>
    <time datetime="${time.toISOString()}">${time.toISOString().slice(11, 19)}</time>
    <strong class="${tone}">${what}</strong>
    <span>${about}</span>
    ${customerId === undefined ? '' : html`<a href="?customer_id=${encodeURIComponent(customerId)}">${customerId}</a>`}
  </li>`;
}

function scenarioRow([name, { says }]: [string, Scenario]) {
  return html`<div>
    <dt>
      <button type="button" class="copy" data-copy="cus_${name}" aria-label="Copy cus_${name}">
        <code>${name}</code>
      </button>
    </dt>
    <dd>${says}</dd>
  </div>`;
}

function curlCommand(origin: string, apiKey: string): string {
  return [
    `curl ${origin}/api/v2/personalized_offers \\`,
    `  -u ${apiKey}: \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  --data '{"customer_id": "cus_checkout"}'`,
  ].join('\n');
}

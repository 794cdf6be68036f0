/** The page at `/sandbox`: what the sandbox is, its clock, its records, and the customers to try. */
import { html } from 'hono/html';
import type { Site } from '../site.js';
import type { Scenario } from '../scenario.js';
import { clockCard } from './clock-card.js';
import { ledger, type Entry } from './ledger.js';
import { page, PATHS } from './page.js';

export interface RecordsPageModel {
  readonly site: Site;
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

export function recordsPage({ site, customerId, origin }: RecordsPageModel) {
  const { name, apiKey, clock, scenarios } = site;
  return page({
    title: `Sandbox Chargebee: ${name}`,
    path: PATHS.records,
    site: name,
    body: html`<h1>A Chargebee to try things on</h1>
      <p class="lead">
        This stands in for Chargebee Growth and Billing. It keeps everything in memory until you stop it. It does not
        imitate invoices, payments, plans, experiments, triggers, end-of-term changes, idempotency keys, emails, calls
        to your webhook or Growth's own webhooks, and every customer exists. Where Chargebee documents nothing, the
        sandbox assumes: 409 for a second acceptance, 400 for an expired offer, offers that live an hour and get a new
        id at each fetch, a day of cooldown after a dismissal, an offer that is available again when its fulfillment
        failed, <code>checkout_abandoned</code> when an unpaid page expires after three hours,
        <code>fulfillment_expired</code> after seven days, and one rate limit for both hosts.
        <a href="${PATHS.faults}#settings">You can change most of it.</a>
      </p>
      <div class="columns">
        ${clockCard(clock)}
        <section class="card">
          <h2>Call it</h2>
          <pre>${curlCommand(origin, apiKey)}</pre>
          <p class="lead small quiet">
            To connect the proxy, set its <code>CHARGEBEE_URL</code> to <code>${origin}</code>, with the site
            <code>${name}</code> and the key <code>${apiKey}</code>.
          </p>
        </section>
      </div>
      ${recorded(site, customerId)}
      <h2>Customers to try</h2>
      <p class="quiet">
        The customer's id chooses the scenario. Use its name alone, or add anything after it: <code>checkout</code>,
        <code>cus_checkout_42</code>. Any other id is an ordinary customer, who gets
        <a href="${PATHS.plays}">the plays</a>.
      </p>
      ${(['offers', 'fulfillments', 'entitlements', 'faults'] as const).map(
        (about) =>
          html`<h3>${HEADINGS[about]}</h3>
            <dl class="scenarios">
              ${[...scenarios.named].filter(([, scenario]) => scenario.about === about).map(scenarioRow)}
            </dl>`,
      )}
      <p id="copied" class="visually-hidden" role="status"></p>`,
  });
}

function recorded(site: Site, customerId: string | undefined) {
  const entries = ledger(site.records(customerId));
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
        : html`<p class="card quiet">Nothing yet. Every call to <code>/api/v2</code> will appear here.</p>`
    }
    ${older > 0 ? html`<p class="quiet small">The JSON has ${older} older entries.</p>` : ''}
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

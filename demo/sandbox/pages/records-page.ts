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
  offers: 'Offers',
  fulfillments: 'How a fulfillment ends',
  entitlements: 'Entitlements',
  faults: 'Faults on every call',
};

export function recordsPage({ site, customerId, origin }: RecordsPageModel) {
  const { name, apiKey, clock } = site;
  return page({
    title: `Sandbox: ${name}`,
    path: PATHS.records,
    site,
    body: html`<h1>Chargebee sandbox</h1>
      <p class="lead">
        It stands in for Chargebee Growth and Billing, in memory, until you stop or reset it.
        <a href="#scenarios">Choose a scenario</a>, or <a href="${PATHS.plays}">write plays of your own</a>.
      </p>
      ${log(site, customerId)}
      <div class="columns">
        ${clockCard(clock)}
        <section class="card">
          <h2>Connect</h2>
          <p class="small">
            Start the proxy with <code>CHARGEBEE_URL=${origin}</code>, <code>CHARGEBEE_SITE=${name}</code> and
            <code>CHARGEBEE_API_KEY=${apiKey}</code>, or call the API yourself:
          </p>
          <pre>${curlCommand(origin, apiKey)}</pre>
        </section>
      </div>
      ${scenarioTables(site)}
      <details class="card" id="assumptions">
        <summary><strong>What it assumes, and what it leaves out</strong></summary>
        <p>
          Where Chargebee documents nothing, the sandbox assumes: 409 for a second acceptance, 400 for an expired offer,
          offers that last an hour and get a new id at each fetch, a day of cooldown after a dismissal, an offer that is
          available again when its fulfillment failed, <code>checkout_abandoned</code> when an unpaid page expires after
          three hours, <code>fulfillment_expired</code> after seven days, and one rate limit for both hosts.
          <a href="${PATHS.faults}#settings">Change most of it.</a>
        </p>
        <p class="lead">
          It leaves out invoices, payments, plans, experiments, triggers, end-of-term changes, idempotency keys, emails,
          calls to your webhook, and Growth's own webhooks. Every customer exists.
        </p>
      </details>
      <p id="copied" class="visually-hidden" role="status"></p>`,
  });
}

function log(site: Site, customerId: string | undefined) {
  const entries = ledger(site.records(customerId));
  const older = entries.length - ENTRIES_SHOWN;
  const waiting = site.fulfillments.openForApp().length;
  return html`<section id="log" data-live aria-labelledby="log-heading">
    <h2 id="log-heading">Log ${customerId === undefined ? '' : html`for <code>${customerId}</code>`}</h2>
    <p class="small beside">
      ${customerId === undefined ? '' : html`<a href="?">All customers</a> · `}
      <a href="/sandbox/records${customerId === undefined ? '' : `?customer_id=${encodeURIComponent(customerId)}`}"
        >JSON</a
      >
      ${waiting > 0 ? html` · <a href="${PATHS.landing}">${waiting} waiting for your app</a>` : ''}
    </p>
    ${
      entries.length > 0
        ? html`<ol class="ledger scrolls" tabindex="0" aria-labelledby="log-heading">
            ${entries.slice(0, ENTRIES_SHOWN).map(row)}
          </ol>`
        : html`<p class="card quiet">No calls yet. Every call to <code>/api/v2</code> appears here.</p>`
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

function scenarioTables(site: Site) {
  return html`<h2 id="scenarios">Scenarios</h2>
    <p class="quiet">
      The customer's id chooses the scenario: its name, and anything after it, such as <code>cus_checkout</code> or
      <code>cus_checkout_42</code>. Any other id is an ordinary customer, who gets
      <a href="${PATHS.plays}">the plays</a>.
    </p>
    ${(['offers', 'fulfillments', 'entitlements', 'faults'] as const).map(
      (about) =>
        html`<table class="scenarios">
          <caption>
            ${HEADINGS[about]}
          </caption>
          <thead>
            <tr>
              <th scope="col">Customer</th>
              <th scope="col">What happens</th>
              <th scope="col"><span class="visually-hidden">Try it</span></th>
            </tr>
          </thead>
          <tbody>
            ${[...site.scenarios.named].filter(([, each]) => each.about === about).map((each) => scenarioRow(site, each))}
          </tbody>
        </table>`,
    )}`;
}

function scenarioRow({ demoUrl }: Site, [name, scenario]: [string, Scenario]) {
  const id = `cus_${name}`;
  return html`<tr>
    <th scope="row">
      <button type="button" class="copy" data-copy="${id}" aria-label="Copy ${id}"><code>${name}</code></button>
    </th>
    <td>${scenario.says}</td>
    <td><a class="try" href="${tryUrl(demoUrl, id, scenario)}" aria-label="Try it: ${name}">Try it</a></td>
  </tr>`;
}

/** The sample app, which shows the scenario's own offer in its place, or the page that says how to try it elsewhere. */
function tryUrl(demoUrl: string | undefined, customer_id: string, scenario: Scenario): string {
  if (demoUrl === undefined) return `${PATHS.landing}?${new URLSearchParams({ customer_id })}`;
  const { plays: [play] = [], entitlements: [entitlement] = [] } = scenario;
  const subject = { customer_id, ...(play && { offer: play.offer.id }) };
  const place = entitlement && { feature: entitlement.feature.feature_id };
  return `${demoUrl}/app/try?${new URLSearchParams({ ...subject, ...place })}`;
}

function curlCommand(origin: string, apiKey: string): string {
  return [
    `curl ${origin}/api/v2/personalized_offers \\`,
    `  -u ${apiKey}: \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  --data '{"customer_id": "cus_checkout"}'`,
  ].join('\n');
}

/** The page for Billing's webhooks: the endpoint, every delivery, and a form that triggers an event. */
import { html } from 'hono/html';
import { EVENT_TYPES } from '../billing-event.js';
import type { Site } from '../site.js';
import type { Delivery } from '../webhooks.js';
import { checkBox, selectField, textField } from './form-field.js';
import { page, PATHS } from './page.js';

const DELIVERIES_SHOWN = 50;

export function webhooksPage(site: Site, mistakes?: readonly string[]) {
  const { name, webhooks } = site;
  const { url, username, duplicated, reordered } = webhooks.settings();
  const newest = webhooks.deliveries().toReversed().slice(0, DELIVERIES_SHOWN);
  return page({
    title: `Webhooks: ${name}`,
    path: PATHS.webhooks,
    site,
    mistakes,
    body: html`<h1>Billing webhooks</h1>
      <p class="lead">
        Sent when a fulfillment changes what a subscription is entitled to. Until your endpoint answers 2xx, a webhook
        is retried after 2, 6 and 30 minutes, 1 and 5 hours, and 1 and 2 days, by the sandbox's
        <a href="${PATHS.records}#clock">clock</a>.
      </p>
      <div class="columns">
        <section class="card">
          <h2>Endpoint</h2>
          <form method="post" action="${PATHS.webhooks}">
            ${textField({
              label: 'URL (leave empty for none)',
              name: 'url',
              type: 'url',
              value: url ?? '',
              placeholder: 'http://localhost:8787/upgrade-offer/webhooks/billing',
            })}
            <div class="fields">
              ${textField({ label: 'Username', name: 'username', value: username })}
              ${textField({ label: 'Password', name: 'password', type: 'password', placeholder: 'unchanged' })}
            </div>
            ${checkBox({ label: 'Send every event twice', name: 'duplicated', isChecked: duplicated })}
            ${checkBox({ label: 'Send the latest first', name: 'reordered', isChecked: reordered })}
            <div class="buttons"><button class="primary">Save endpoint</button></div>
          </form>
        </section>
        <section class="card">
          <h2>Send an event</h2>
          <form method="post" action="${PATHS.webhooks}/events">
            ${selectField({
              label: 'Event',
              name: 'event_type',
              value: 'subscription_entitlements_updated',
              options: EVENT_TYPES,
            })}
            <div class="fields">
              ${textField({ label: 'Subscription id', name: 'subscription_id', placeholder: 'sub_7', required: true })}
            </div>
            <div class="buttons"><button class="primary">Send event</button></div>
          </form>
        </section>
        <section class="card">
          <h2>Usage alert</h2>
          <form method="post" action="${PATHS.webhooks}/alerts">
            <div class="fields">
              ${textField({ label: 'Alert id', name: 'alert_id', value: 'storage-at-80-percent', required: true })}
              ${textField({ label: 'Of subscription', name: 'subscription_id', placeholder: 'sub_7', required: true })}
            </div>
            <div class="buttons">
              <button class="primary" name="alarm_status" value="in_alarm">Raise alert</button>
              <button name="alarm_status" value="within_limit">Clear alert</button>
            </div>
          </form>
        </section>
      </div>
      <section id="deliveries" data-live aria-labelledby="deliveries-heading">
        <h2 id="deliveries-heading">Deliveries</h2>
        ${
          newest.length > 0
            ? html`<ol class="ledger">
                ${newest.map(row)}
              </ol>`
            : html`<p class="card quiet">
                ${url === null ? 'No endpoint yet.' : 'No deliveries yet. Complete a fulfillment, or send an event.'}
              </p>`
        }
      </section>`,
  });
}

function row(delivery: Delivery) {
  const { event, subject, state, attempts, status } = delivery;
  const time = new Date(event.occurred_at * 1000);
  const tone = state === 'delivered' ? 'good' : attempts > 0 ? 'bad' : 'quiet';
  return html`<li>
    <time datetime="${time.toISOString()}">${time.toISOString().slice(11, 19)}</time>
    <strong class="${tone}">${inWords(delivery)}</strong>
    <span>
      ${event.event_type} of <code>${subject.subscription_id}</code>
      ${attempts > 0 ? html`<span class="quiet">Attempt ${attempts}: ${status || 'no response'}</span>` : ''}
    </span>
    <form method="post" action="${PATHS.webhooks}/events/${event.id}/repeat">
      <button aria-label="Send again: ${event.event_type} of ${subject.subscription_id}">Send again</button>
    </form>
  </li>`;
}

function inWords({ state, attempts, due }: Delivery): string {
  if (state === 'delivered') return 'Delivered';
  if (state === 'given_up') return 'Given up';
  return attempts === 0 ? 'Waiting' : `Retry at ${new Date(due).toISOString().slice(11, 19)}`;
}

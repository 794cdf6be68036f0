/**
 * The page that stands in for the app's own: where a redirect leads when the sandbox runs alone. There the app would take the
 * payment, and tell Chargebee how it ended. It also ends what was accepted by email and webhook, and says how to try a scenario.
 */
import { html } from 'hono/html';
import type { Fulfillment } from '../fulfillments.js';
import type { Site } from '../site.js';
import { page, PATHS, type Html } from './page.js';
import { backLink } from './way-back.js';

export interface LandingPageModel {
  readonly site: Site;
  /** Whom "Try it" was pressed for. Without one, everybody's open fulfillments are shown. */
  readonly customerId: string | undefined;
  /** The fulfillment that one of the buttons has just ended. */
  readonly endedId: string | undefined;
  /** Where the app is that the customer came from. */
  readonly back: string | undefined;
  readonly mistakes?: readonly string[];
}

export function landingPage({ site, customerId, endedId, back, mistakes }: LandingPageModel) {
  const open = site.fulfillments
    .openForApp()
    .filter(({ offer }) => customerId === undefined || offer.customer_id === customerId)
    .toReversed();
  const ended = endedId === undefined ? undefined : site.fulfillments.get(endedId);
  return page({
    title: `Upgrade page: ${site.name}`,
    path: PATHS.landing,
    site,
    mistakes,
    body: html`<h1>${customerId === undefined ? 'Your upgrade page' : html`Try <code>${customerId}</code>`}</h1>
      ${customerId === undefined ? EXPLAINED : howToTry(customerId)} ${ended ? endedNotice(site, ended) : ''}
      <h2>Waiting for your app</h2>
      ${
        open.length > 0
          ? open.map((fulfillment) => openCard(fulfillment, back))
          : html`<p class="card quiet">Nothing is waiting. Accept an offer with a redirect, email or webhook first.</p>`
      }
      ${back === undefined ? '' : html`<p class="lead">${backLink(back)}</p>`}
      <details class="card" id="elsewhere">
        <summary><strong>Lead customers to your own page</strong></summary>
        <p>
          Set <code>UPGRADE_URL</code> when you start the sandbox. For other offers, write plays of your own:
          <a href="/sandbox/plays" download="plays.json">download plays.json</a>, change <code>redirect_url</code> and
          anything else in it, and start with <code>PLAYS=plays.json npx upgrade-offer sandbox</code>. Or change them
          <a href="${PATHS.plays}">while it runs</a>.
        </p>
      </details>`,
  });
}

const EXPLAINED = html`<p class="lead">
  In production, this is a page of your app. The customer pays there, and your backend calls the proxy's
  <code>POST /fulfillments/:id/complete</code> or <code>/fail</code>. Here you decide how it ends.
</p>`;

function howToTry(customerId: string): Html {
  const subscriptionId = customerId.replace(/^cus_/, 'sub_');
  return html`<p class="lead">Open your app as this customer. With a token, these are the claims:</p>
    <pre>${JSON.stringify({ sub: customerId, subscription_id: subscriptionId }, null, 2)}</pre>
    <p class="lead">
      Then watch <a href="${PATHS.records}?customer_id=${encodeURIComponent(customerId)}">the log of this customer</a>.
      The id may go on after its name, so that each try has a customer of its own: <code>${customerId}_2</code>.
    </p>`;
}

function endedNotice({ fulfillments }: Site, fulfillment: Fulfillment): Html {
  const isCompleted = fulfillments.statusOf(fulfillment) === 'completed';
  return html`<p class="lead ${isCompleted ? 'good' : 'bad'}" role="status">
    <strong>${isCompleted ? 'Completed.' : 'Failed.'}</strong> ${fulfillment.offer.play.name}, for
    <code>${fulfillment.offer.customer_id}</code>.
  </p>`;
}

function openCard({ id, offer, option }: Fulfillment, back: string | undefined): Html {
  return html`<form
    method="post"
    class="card"
    action="${PATHS.landing}/${id}"
    aria-label="${offer.play.name}, for ${offer.customer_id}"
  >
    <p>
      <strong>${option.label}</strong> <span class="chip">${option.processing_type}</span><br />
      <span class="quiet small">${offer.play.name}, for <code>${offer.customer_id}</code></span>
    </p>
    ${back === undefined ? '' : html`<input type="hidden" name="back" value="${back}" />`}
    <div class="buttons">
      <button class="primary" name="status" value="completed">Complete</button>
      <button name="status" value="failed">Fail</button>
    </div>
  </form>`;
}

/**
 * What staff see of a preview beside the offer: a ribbon that says so, and what follows when they accept. Nothing of it leaves
 * the page. It has a shadow root of its own, so that neither the page nor the widget styles it. In English: it is for staff.
 */
import type { OfferOption } from '../../proxy/contract.js';
import type { OfferState } from '../flow/offer-state.js';
import type { MockScenario } from '../flow/question/mock-scenario.js';
import sheet from './preview.css?inline';

/** The element, or an offer that the page draws itself, which has no ribbon. */
interface Ribboned extends HTMLElement {
  addController(controller: { hostUpdated(): void }): void;
  dismiss(): void;
  show(): Promise<void>;
}

export interface PreviewPlay {
  /** What `mock` plays when this option is accepted. */
  mockFor(option: OfferOption): string | MockScenario;
}

/** By the names of the fixtures. */
const OUTCOMES: Readonly<Record<string, string>> = {
  '': 'what the option does',
  pending: 'pending, then completed',
  completed: 'completed',
  overdue: 'pending for long',
  redirect: 'redirect to your page',
  checkout: 'checkout on a page of its own',
  'checkout-in-app': 'checkout over the page',
  'elsewhere-email': 'elsewhere: by email',
  'elsewhere-webhook': 'elsewhere: in your system',
  'already-accepted': 'accepted before',
  'accepted-by-colleague': 'accepted by a colleague',
  interrupted: 'no answer, then completed',
  gone: 'the offer has ended',
  'failed-billing': 'failed: billing_failed',
  'failed-checkout': 'failed: checkout_abandoned',
  'failed-app': 'failed: app_failed',
  'failed-expired': 'failed: expired',
  'failed-internal': 'failed: internal',
  'failed-unsupported': 'failed: unsupported',
};

const BY_ACTION: Readonly<Record<string, string>> = {
  billing: 'pending',
  checkout: 'checkout',
  redirect: 'redirect',
  email: 'elsewhere-email',
  webhook: 'elsewhere-webhook',
};

const TAG = 'upgrade-offer-preview';

const plays = new WeakMap<object, PreviewPlay>();

/** Once for each host. @param state as it is when it is called. */
export function previewOn(host: object, state: () => OfferState): PreviewPlay {
  const known = plays.get(host);
  if (known) return known;
  const ribbon = isRibboned(host) ? ribbonOn(host, state) : undefined;
  const play: PreviewPlay = { mockFor: (option) => mockOf(option, ribbon?.outcome()) };
  plays.set(host, play);
  return play;
}

/** @param chosen empty or absent: what the option does. */
function mockOf({ action = 'unknown', layout, url }: OfferOption, chosen?: string): string | MockScenario {
  const own = layout === 'in_app' ? 'checkout-in-app' : (BY_ACTION[action] ?? 'failed-unsupported');
  const name = chosen || own;
  if (name !== 'redirect' || url === undefined) return `one-option then ${name}`;
  return { offers: { offer: null }, outcomes: [{ status: 'redirect', fulfillmentId: 'ful_preview', url }] };
}

function ribbonOn(host: Ribboned, state: () => OfferState) {
  const ribbon = document.createElement(TAG);
  ribbon.setAttribute('role', 'group');
  ribbon.setAttribute('aria-label', 'Preview');
  ribbon.lang = 'en';
  const root = ribbon.attachShadow({ mode: 'open' });
  const says = element('p', 'Preview · nothing is reported or charged');
  const label = element('label', 'Outcome ');
  const select = element('select');
  select.append(...Object.entries(OUTCOMES).map(([name, words]) => new Option(words, name)));
  label.append(select);
  const again = element('button', 'Start again');
  again.type = 'button';
  again.addEventListener('click', () => {
    host.dismiss();
    void host.show();
  });
  const way = element('p');
  way.setAttribute('role', 'status');
  root.append(says, again, label, way);

  const update = () => {
    const now = state();
    const surface = host.shadowRoot?.querySelector('[part~="surface"]');
    if (!surface || !('offer' in now) || !now.offer.preview) return ribbon.remove();
    // In a dialog, what has the padding and the role of a document.
    const place = surface.querySelector('.frame') ?? surface;
    if (ribbon.parentNode !== place) place.prepend(ribbon);
    ribbon.className = surface.matches('[part~="corner"]') ? 'corner' : '';
    again.hidden = now.status === 'offered' || now.status === 'accepting';
    way.replaceChildren(...wayOf(now));
    if (root.adoptedStyleSheets.length === 0) root.adoptedStyleSheets = [styles()];
  };
  host.addController({ hostUpdated: update });
  update();
  return { outcome: () => select.value };
}

/** Where a customer would be now. */
function wayOf(state: OfferState): (Node | string)[] {
  if (state.status === 'checkout') return ['A customer would be in Chargebee’s checkout now.'];
  if (state.status !== 'redirect') return [];
  const link = element('a', state.url);
  link.href = state.url;
  link.target = '_blank';
  link.rel = 'noopener';
  return ['A customer would be here now: ', link];
}

function styles(): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(sheet);
  return made;
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, words = ''): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.append(words);
  return made;
}

function isRibboned(host: object): host is Ribboned {
  return host instanceof HTMLElement && 'addController' in host;
}

/** The page inside a preview's frame: part of an imaginary app with the real element. The parent page controls it. */
import { html, nothing, render } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { UpgradeOffer } from '../../widget/upgrade-offer.js';
import { reportHeight } from './frame-height.js';
import type { Preview } from './preview.js';

const { documentElement: root } = document;
const style = document.createElement('style');
document.head.append(style);
let shown = '';
let reporting = new AbortController();

// There is no origin check, because pages opened from a disk have none. A message only changes what this frame shows.
addEventListener('message', ({ source, data }: MessageEvent<Preview>) => {
  if (source === parent) show(data);
});

// A dismissed offer would leave an empty preview.
addEventListener('offer-dismiss', (event) => event.preventDefault());
addEventListener('offer-ready', () => delete root.dataset['opening']);
addEventListener('click', (event) => {
  // Links must not navigate away from the preview.
  if (event.composedPath().some((target) => target instanceof HTMLAnchorElement)) event.preventDefault();
});

customElements.define('upgrade-offer', UpgradeOffer);
parent.postMessage('listening', '*');

function show({ layout, scenario, scheme, css }: Preview): void {
  const key = JSON.stringify([layout, scenario]);
  root.dataset['scheme'] = scheme;
  style.textContent = css;
  // A dialog that opens would take the focus from a field on the parent page, unless it is hidden at that moment.
  if (layout === 'modal' && key !== shown) root.dataset['opening'] = '';
  const offer = keyed(key, html`<upgrade-offer layout=${layout} .mock=${scenario}></upgrade-offer>`);
  const app = html`<div class="app" aria-hidden="true"><i></i><i></i><i></i></div>`;
  render(html`${offer}${layout === 'inline' ? nothing : app}`, document.body);
  if (key !== shown) report();
  shown = key;
}

/** Another offer is another element. */
function report(): void {
  reporting.abort();
  reporting = new AbortController();
  const element = document.querySelector('upgrade-offer');
  if (element) reportHeight(element, reporting.signal);
}

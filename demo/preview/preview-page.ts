/** The page inside a preview: a corner of some app with the real element in it. It does what the page around it says. */
import { html, nothing, render } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { UpgradeOffer } from '../../widget/upgrade-offer.js';
import type { Preview } from './preview.js';

const { documentElement: root } = document;
const style = document.createElement('style');
document.head.append(style);
let shown = '';

// Pages that are opened from a disk have no origin to compare. Whatever is said only changes what is seen here.
addEventListener('message', ({ source, data }: MessageEvent<Preview>) => {
  if (source === parent) show(data);
});

// What is put away would leave an empty preview.
addEventListener('offer-dismiss', (event) => event.preventDefault());
addEventListener('offer-ready', () => delete root.dataset['opening']);
addEventListener('click', (event) => {
  // The links of a preview lead nowhere.
  if (event.composedPath().some((target) => target instanceof HTMLAnchorElement)) event.preventDefault();
});

customElements.define('upgrade-offer', UpgradeOffer);
parent.postMessage('listening', '*');

function show({ layout, scenario, scheme, css }: Preview): void {
  const key = JSON.stringify([layout, scenario]);
  root.dataset['scheme'] = scheme;
  style.textContent = css;
  // A dialog that opens takes the focus from who is typing around the frame, unless it is hidden just then.
  if (layout === 'modal' && key !== shown) root.dataset['opening'] = '';
  shown = key;
  const offer = keyed(key, html`<upgrade-offer layout=${layout} .mock=${scenario}></upgrade-offer>`);
  const app = html`<div class="app" aria-hidden="true"><i></i><i></i><i></i></div>`;
  render(html`${offer}${layout === 'inline' ? nothing : app}`, document.body);
}

/** The page inside a preview: a corner of some app with the real element in it. It does what the page around it says. */
import { html, nothing, render } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import '../../widget/index.js';
import type { FrameNews, Preview } from './preview.js';

const style = document.createElement('style');
document.head.append(style);

addEventListener('message', ({ source, origin, data }: MessageEvent<Preview>) => {
  if (source === parent && origin === location.origin) show(data);
});

// What is put away would leave an empty preview.
addEventListener('offer-dismiss', (event) => event.preventDefault());
addEventListener('offer-ready', () => requestAnimationFrame(() => tell('drawn')));
addEventListener('click', (event) => {
  // The links of a preview lead nowhere.
  if (event.composedPath().some((target) => target instanceof HTMLAnchorElement)) event.preventDefault();
});

tell('listening');

function show({ layout, scenario, scheme, css }: Preview): void {
  document.documentElement.dataset['scheme'] = scheme;
  style.textContent = css;
  const offer = keyed(
    JSON.stringify([layout, scenario]),
    html`<upgrade-offer layout=${layout} .mock=${scenario}></upgrade-offer>`,
  );
  const app = html`<div class="app" aria-hidden="true"><i></i><i></i><i></i></div>`;
  render(html`${offer}${layout === 'inline' ? nothing : app}`, document.body);
}

function tell(news: FrameNews): void {
  parent.postMessage(news, location.origin);
}

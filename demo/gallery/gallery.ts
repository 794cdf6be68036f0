/** The gallery: every layout in every state, drawn from the URL. */
import { html, render } from 'lit';
import { showHeader } from '../design-page/header.js';
import { urlState } from '../design-page/url-state.js';
import { galleryControls } from './gallery-controls.js';
import { detail } from './detail.js';
import { fitFrames } from './fit-frames.js';
import { GALLERY, type GalleryPage } from './gallery-page.js';
import { overview } from './overview.js';
import { findStates, STATES } from './states.js';

/** As in gallery.css: from this width on, the controls are beside the states. */
const WIDE = matchMedia('(width >= 60rem)');

const url = urlState<GalleryPage>(GALLERY);
let run = 0;
let shown: string | undefined;

fitFrames();
showHeader('gallery', url);
url.watch(draw);

function draw(page: GalleryPage): void {
  const root = document.querySelector<HTMLElement>('#gallery');
  if (!root) return;
  const state = STATES.find(({ name }) => name === page.state);
  const found = findStates(page.search, page.group);
  const replay = { run, restart };
  render(
    html`
      <aside aria-label="What to show">${galleryControls(page, url, WIDE.matches)}</aside>
      <main>
        ${state ? detail(state, page, url, found.length > 1 && found.includes(state) ? found : STATES, replay) : overview(page, url, found)}
      </main>
    `,
    root,
  );
  document.title = `${state ? `${state.title}, ${page.layout}` : 'Gallery'} · upgrade-offer`;
  if (shown !== undefined && shown !== page.state && document.activeElement === document.body) focusHeading(root);
  shown = page.state;
}

/** After a link has replaced the view, as after a page load. */
function focusHeading(root: HTMLElement): void {
  root.querySelector<HTMLElement>('h1')?.focus();
  scrollTo(0, 0);
}

function restart(): void {
  run += 1;
  draw(url.current);
}

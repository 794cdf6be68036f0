/** The gallery: every layout in every state. The URL says what is shown; this draws it. */
import { html, render } from 'lit';
import { showHeader } from '../design-page/header.js';
import { urlState } from '../design-page/url-state.js';
import { galleryControls } from './gallery-controls.js';
import { detail } from './detail.js';
import { GALLERY, type GalleryPage } from './gallery-page.js';
import { overview } from './overview.js';
import { findStates, STATES } from './states.js';

/** As in gallery.css: from here on the controls stand beside the states. */
const WIDE = matchMedia('(width >= 60rem)');

const url = urlState<GalleryPage>(GALLERY);
let turn = 0;
let shown: string | undefined;

showHeader('gallery');
url.watch(draw);

function draw(page: GalleryPage): void {
  const root = document.querySelector<HTMLElement>('#gallery');
  if (!root) return;
  const state = STATES.find(({ name }) => name === page.state);
  const found = findStates(page.search, page.group);
  const replay = { turn, again };
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
  if (shown !== undefined && shown !== page.state && document.activeElement === document.body) arrive(root);
  shown = page.state;
}

/** Whoever has followed a link reads on where it led. */
function arrive(root: HTMLElement): void {
  root.querySelector<HTMLElement>('h1')?.focus();
  scrollTo(0, 0);
}

function again(): void {
  turn += 1;
  draw(url.current);
}

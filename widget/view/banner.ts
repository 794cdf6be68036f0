/**
 * The offer as a bar: in the flow of the page, or `sticky` at its top. It never takes the focus. The page learns how high it is
 * from a custom property on its root, for what stands below it.
 */
import { html, type TemplateResult } from 'lit/html.js';
import { lazySheet } from './style-sheets.js';
import sheet from './styles/banner.css?inline';

export const bannerStyles = lazySheet(sheet);

const BLOCK_SIZE = '--upgrade-offer-banner-block-size';

/** Above a quarter of the window, what sticks there covers too much of the page. */
const TALL_SHARE = 1 / 4;

const bars = new Set<Element>();
let sizes: ResizeObserver | undefined;

export function banner(content: TemplateResult): TemplateResult {
  return html`<section part="surface banner" aria-labelledby="title subject">${content}</section>`;
}

/** To be called after each drawing. */
export function watchBanner(bar: Element): void {
  bars.add(bar);
  sizes ??= new ResizeObserver(measure);
  sizes.observe(bar);
  addEventListener('resize', measure);
  measure();
}

/** The bar leaves the page, or has left it. */
export function leaveBanner(bar: Element): void {
  bars.delete(bar);
  sizes?.unobserve(bar);
  measure();
}

/** How high a bar is depends on its words, on the window and on the zoom. One that is too tall scrolls away with the page. */
function measure(): void {
  const heights = [...bars].map((bar) => {
    const { height } = bar.getBoundingClientRect();
    const root = bar.getRootNode();
    const mayStick = root instanceof ShadowRoot && root.host.matches('[sticky]');
    const isTall = height > innerHeight * TALL_SHARE;
    bar.classList.toggle('sticky', mayStick && !isTall);
    return mayStick && isTall ? 0 : height;
  });
  const { style } = document.documentElement;
  if (bars.size > 0) return style.setProperty(BLOCK_SIZE, `${Math.max(...heights)}px`);
  style.removeProperty(BLOCK_SIZE);
  removeEventListener('resize', measure);
}

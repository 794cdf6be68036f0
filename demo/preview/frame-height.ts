/** How high a frame must be for the whole offer to be seen: the page in the frame says it, and the page around it makes room. */
import type { UpgradeOffer } from '../../widget/index.js';

/** What a frame tells the page around it. */
export interface FrameHeight {
  readonly needsPx: number;
}

/** Some of the page below the offer, to see where it ends. */
const BELOW_PX = 24;

/** A dialog is at most so much of the window, so a higher window gives it less than all that is added. */
const SHARE_OF_WINDOW = 0.8;

/** No offer needs more; a mistake here must not grow a frame for ever. */
const AT_MOST_PX = 4_000;

/** Tells the page around at once, and whenever the offer or the frame changes its size, until `signal` ends it. */
export function reportHeight(element: UpgradeOffer, signal?: AbortSignal): void {
  let told = 0;
  const tell = () => {
    if (signal?.aborted) return;
    // What moves in sticks out of its box until it is there.
    const moving = animationsOf(element);
    if (moving.length > 0) return void Promise.allSettled(moving.map(({ finished }) => finished)).then(tell);
    const needsPx = Math.min(AT_MOST_PX, Math.ceil(heightFor(element)));
    if (needsPx === told) return;
    told = needsPx;
    parent.postMessage({ needsPx } satisfies FrameHeight, '*');
  };
  const sizes = new ResizeObserver(tell);
  sizes.observe(document.documentElement);
  for (const box of boxesOf(element)) sizes.observe(box);
  // An offer that is restarted, answered or put away is drawn into another surface.
  const drawings = new MutationObserver(() => boxesOf(element).forEach((box) => sizes.observe(box)));
  drawings.observe(element.shadowRoot ?? element, { childList: true, subtree: true });
  addEventListener('resize', tell);
  signal?.addEventListener('abort', () => {
    sizes.disconnect();
    drawings.disconnect();
    removeEventListener('resize', tell);
  });
}

/** The height that a frame asks for. Undefined when it says something else. */
export function heightOf({ data }: MessageEvent<Partial<FrameHeight> | null>): string | undefined {
  return typeof data?.needsPx === 'number' ? `${data.needsPx}px` : undefined;
}

/** Those that end: a sign may turn for ever. */
function animationsOf({ shadowRoot }: UpgradeOffer): readonly Animation[] {
  const all = shadowRoot?.querySelector('[part~="surface"]')?.getAnimations({ subtree: true }) ?? [];
  return all.filter(
    ({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
  );
}

function heightFor(element: UpgradeOffer): number {
  const surface = element.shadowRoot?.querySelector('[part~="surface"]');
  if (!surface) return 0;
  if (getComputedStyle(surface).position !== 'fixed')
    return surface.getBoundingClientRect().bottom + scrollY + BELOW_PX;
  const cut = Math.max(...boxesOf(element).map(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight));
  // Less than a pixel is rounding.
  return innerHeight + (cut > 1 ? cut / SHARE_OF_WINDOW : 0);
}

/** The surface and what scrolls in it. */
function boxesOf({ shadowRoot }: UpgradeOffer): readonly Element[] {
  const all = [...(shadowRoot?.querySelectorAll('[part~="surface"], [part~="surface"] *') ?? [])];
  return all.filter(
    (box) => box.matches('[part~="surface"]') || ['auto', 'scroll'].includes(getComputedStyle(box).overflowY),
  );
}

/** Whether a dialog over the page would come at a bad moment. */
import type { Hold } from '../offer-state.js';
import { pageMemory } from '../question/page-memory.js';
import { ageMs } from '../wait.js';

/** A pause this long is the end of a sentence. */
const TYPING_RESTS_FOR_MS = 3_000;

const EDITABLE = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';

/** A dialog would close the page's open popovers. `:is()` forgives browsers that know none (Firefox before 125). */
const LAYERS = ':is(dialog:modal, [aria-modal="true"], [popover]:not([popover="manual"]):popover-open)';

/** Component libraries keep closed dialogs in the page, and hide them in one of these ways or by their style. */
const CLOSED = '[inert], [aria-hidden="true"]';

export class Obstacles {
  readonly #isDrawn: () => boolean;
  /** What was in the way. While it is, the page is not searched again: that takes long on a large one. */
  #layer: Element | undefined;

  /** @param isDrawn whether the place of the dialog is drawn. */
  constructor(isDrawn: () => boolean) {
    this.#isDrawn = isDrawn;
  }

  /**
   * @param isWanted the customer has asked for the dialog, or it is open already: it only has to be seen.
   * @param isCalm it does not interrupt: there may only be another one.
   */
  find(isWanted = false, isCalm = false): Hold | undefined {
    if (document.hidden || !this.#isDrawn()) return 'out_of_sight';
    if (isWanted) return undefined;
    if (pageMemory().modal) return 'dialog';
    if (isCalm) return undefined;
    if (document.fullscreenElement) return 'full_screen';
    if (isTyping()) return 'typing';
    if (!this.#layer || !isOpen(this.#layer)) this.#layer = openLayer(document);
    return this.#layer && 'dialog';
  }
}

function isTyping(): boolean {
  const at = focused(document);
  // No key that is pressed in a frame is heard outside.
  if (at?.matches('iframe')) return true;
  return ageMs(pageMemory().typedAt) < TYPING_RESTS_FOR_MS && Boolean(at?.matches(EDITABLE));
}

/** Component libraries keep their dialogs in shadow roots. */
function openLayer(root: Document | ShadowRoot): Element | undefined {
  for (const layer of root.querySelectorAll(LAYERS)) if (isOpen(layer)) return layer;
  for (const { shadowRoot } of root.querySelectorAll('*')) {
    const layer = shadowRoot && openLayer(shadowRoot);
    if (layer) return layer;
  }
  return undefined;
}

function isOpen(layer: Element): boolean {
  const isVisible = layer.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  return isVisible && layer.matches(LAYERS) && !layer.closest(CLOSED);
}

function focused({ activeElement }: Document | ShadowRoot): Element | null {
  return (activeElement?.shadowRoot && focused(activeElement.shadowRoot)) ?? activeElement;
}

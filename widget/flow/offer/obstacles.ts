/** Whether a dialog over the page would come at a bad moment. */
import type { Hold } from '../offer-state.js';
import { pageMemory } from '../question/page-memory.js';

/** A pause this long is the end of a sentence. */
const TYPING_RESTS_FOR_MS = 3_000;

const EDITABLE = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';

export function obstacle(): Hold | undefined {
  const { modal, typedAt } = pageMemory();
  if (modal || hasDialog(document)) return 'dialog';
  if (document.fullscreenElement) return 'full_screen';
  if (Date.now() - typedAt < TYPING_RESTS_FOR_MS && focused(document)?.matches(EDITABLE)) return 'typing';
  return undefined;
}

/** Component libraries keep their dialogs in shadow roots. */
function hasDialog(root: Document | ShadowRoot): boolean {
  for (const dialog of root.querySelectorAll('dialog:modal, [aria-modal="true"]')) {
    if (dialog.checkVisibility()) return true;
  }
  return [...root.querySelectorAll('*')].some(({ shadowRoot }) => shadowRoot && hasDialog(shadowRoot));
}

function focused({ activeElement }: Document | ShadowRoot): Element | null {
  return (activeElement?.shadowRoot && focused(activeElement.shadowRoot)) ?? activeElement;
}

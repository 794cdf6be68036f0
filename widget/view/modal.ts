/** The offer as a dialog over the page. The browser keeps the focus inside and gives it back. */
import { html, type TemplateResult } from 'lit/html.js';
import { isDrawn } from './drawn.js';
import { holdPage } from './page-scroll.js';
import { lazySheet } from './style-sheets.js';
import sheet from './styles/modal.css?inline';

export const modalStyles = lazySheet(sheet);

/** The dialog was closed because its place is not drawn, or with its host. It may open again. */
const HIDDEN = 'hidden';

/** What the customer does this soon after the opening was meant for the page. */
const SETTLES_AFTER_MS = 600;

/** Keeps the pointer away from the dialog in its first moments. There is one open dialog at a time. */
let settling: Animation | undefined;

/** The least height of what a dialog says, and the width of the window that it was measured at. */
const BLOCK_SIZE = '--_block-size';
let width = 0;

/** What had the focus before the dialog. */
let before: Element | null = null;

/** Where the pointer went down last. */
let pressed: EventTarget | null = null;

/**
 * `closedby` is left at its default: the browser's own dismissal by a click would come of a reflex, too.
 * @param stepAside what Escape and a click beside the dialog do.
 */
export function modal(
  content: TemplateResult,
  closeLabel: string,
  dismiss: () => void,
  stepAside: () => void,
): TemplateResult {
  // The frame takes the focus: on a button, a key that was meant for the page could accept the offer. It is a document to
  // be read, and without a role would be a group without a name. `autofocus` on the dialog itself moves no focus in Chromium.
  return html`
    <dialog
      part="surface modal"
      aria-labelledby="title subject"
      aria-describedby="description"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape' && isReflex()) event.preventDefault();
      }}
      @cancel=${(event: Event) => {
        event.preventDefault();
        if (!isReflex()) stepAside();
      }}
      @close=${(event: Event) => {
        // For a second Escape, a browser may close the dialog without a `cancel` event:
        // https://html.spec.whatwg.org/multipage/interaction.html#close-requests-and-close-watchers
        if (!isClosedByCustomer(event)) return;
        if (isReflex()) openModal(event.currentTarget);
        else stepAside();
      }}
      @pointerdown=${(event: Event) => {
        pressed = event.target;
      }}
      @click=${(event: MouseEvent) => {
        if (isBeside(event)) stepAside();
      }}
    >
      <div class="frame" part="frame" role="document" tabindex="-1" autofocus>
        ${cross(closeLabel, dismiss)} ${content}
      </div>
    </dialog>
  `;
}

export function cross(label: string, dismiss: () => void): TemplateResult {
  return html`<button type="button" part="close" aria-label=${label} @click=${dismiss}>
    <svg viewBox="0 0 24 24" aria-hidden="true"><path d="m7 7 10 10M17 7 7 17" /></svg>
  </button>`;
}

/**
 * To be called after each drawing, and now and then: moved within the page, a dialog is still open but no longer modal; and
 * its place may be hidden meanwhile.
 */
export function openModal(surface: EventTarget | null): void {
  if (!(surface instanceof HTMLDialogElement)) return;
  const root = surface.getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  const shouldOpen = isDrawn(root.host);
  if (shouldOpen !== surface.matches(':modal')) {
    if (shouldOpen) open(surface);
    else surface.close(HIDDEN);
  }
  holdPage(surface);
  if (shouldOpen) keepShape(surface);
}

/**
 * What the dialog says next may take less room: its buttons stay where they are, and the words do not jump. They can stay in
 * sight only where they leave room for the words.
 */
function keepShape(dialog: HTMLDialogElement): void {
  if (width !== innerWidth) dialog.style.removeProperty(BLOCK_SIZE);
  width = innerWidth;
  const frame = dialog.querySelector('.frame');
  const actions = dialog.querySelector('[part="actions"]');
  if (!frame || !actions) return;
  dialog.style.setProperty(BLOCK_SIZE, getComputedStyle(frame).blockSize);
  dialog.classList.toggle('tall', actions.clientHeight > innerHeight / 2);
}

function open(dialog: HTMLDialogElement): void {
  dialog.removeAttribute('open');
  dialog.returnValue = '';
  before = focused(document);
  dialog.showModal();
  settling = dialog.animate({ pointerEvents: ['none', 'none'] }, SETTLES_AFTER_MS);
}

/** Gives the focus back, too. The browser does so only for a dialog that was not taken from its place. */
export function closeModal(surface: EventTarget | null): void {
  if (!(surface instanceof HTMLDialogElement)) return;
  const isTaken = surface.open && !surface.matches(':modal');
  surface.close(HIDDEN);
  if (isTaken && before instanceof HTMLElement) before.focus({ preventScroll: true });
  holdPage(surface);
}

function focused({ activeElement }: Document | ShadowRoot): Element | null {
  return (activeElement?.shadowRoot && focused(activeElement.shadowRoot)) ?? activeElement;
}

function isReflex(): boolean {
  return settling?.playState === 'running';
}

/** A dialog that the presenter has closed is no longer on the page when its event comes. */
function isClosedByCustomer({ currentTarget: dialog }: Event): boolean {
  return dialog instanceof HTMLDialogElement && dialog.isConnected && !dialog.open && dialog.returnValue !== HIDDEN;
}

/** The frame fills the dialog. A text selection that ends beside it began inside, or the other way round. */
function isBeside({ currentTarget, target, clientX, clientY }: MouseEvent): boolean {
  if (!(currentTarget instanceof Element) || target !== currentTarget || pressed !== currentTarget) return false;
  const { left, right, top, bottom } = currentTarget.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

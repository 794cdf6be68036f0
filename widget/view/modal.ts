/**
 * The offer as a dialog over the page. The browser keeps the focus inside and gives it back. Escape, the cross and a click
 * beside the dialog do what the quiet button does.
 */
import { html, unsafeCSS, type TemplateResult } from 'lit';
import sheet from './styles/modal.css?inline';

export const modalStyles = unsafeCSS(sheet);

export function modal(content: TemplateResult, closeLabel: string, dismiss: () => void): TemplateResult {
  // The frame takes the focus: on a button, a key that was meant for the page could accept the offer.
  return html`
    <dialog
      part="surface modal"
      aria-labelledby="title"
      aria-describedby="description"
      closedby="any"
      @cancel=${(event: Event) => {
        event.preventDefault();
        dismiss();
      }}
      @close=${(event: Event) => {
        // For a second Escape, a browser may close the dialog without a `cancel` event:
        // https://html.spec.whatwg.org/multipage/interaction.html#close-requests-and-close-watchers
        // A dialog that the presenter has closed is no longer on the page when its event comes.
        if (isOnPage(event)) dismiss();
      }}
      @click=${(event: Event) => {
        if (isBeside(event)) dismiss();
      }}
    >
      <div class="frame" tabindex="-1" autofocus>
        <button type="button" part="close" aria-label=${closeLabel} @click=${dismiss}>
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d="m7 7 10 10M17 7 7 17" /></svg>
        </button>
        ${content}
      </div>
    </dialog>
  `;
}

/** To be called after each drawing: moved within the page, a dialog is still open but no longer modal. */
export function openModal(surface: Element): void {
  if (!(surface instanceof HTMLDialogElement) || surface.matches(':modal')) return;
  surface.removeAttribute('open');
  surface.showModal();
}

function isOnPage({ currentTarget }: Event): boolean {
  return currentTarget instanceof Node && currentTarget.isConnected;
}

/** For browsers without `closedby` (Safari before 27): the frame fills the dialog, so a click on the dialog is beside it. */
function isBeside({ currentTarget, target }: Event): boolean {
  return target === currentTarget && !('closedBy' in HTMLDialogElement.prototype);
}

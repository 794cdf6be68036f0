/**
 * The offer as a dialog over the page, loaded with the first one. The browser keeps the focus inside and gives it back.
 * Escape, the cross and a click beside it do what the quiet button does.
 */
import { html, type TemplateResult } from 'lit';
import { crowd } from '../crowd.js';
import type { OfferStrings } from '../strings.js';
import { modalStyles } from '../styles/modal.js';
import type { LayoutView } from './offer-content.js';

export const modal = { styles: modalStyles, draw, drawn: open, obstacle: crowd } satisfies LayoutView;

function draw(content: TemplateResult, strings: OfferStrings, dismiss: () => void): TemplateResult {
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
        // Some browsers close for a second Escape without asking; what the element closed is no longer on the page.
        if (isOnPage(event)) dismiss();
      }}
      @click=${(event: Event) => {
        if (isBeside(event)) dismiss();
      }}
    >
      <div class="frame" tabindex="-1" autofocus>
        <button type="button" part="close" aria-label=${strings.close} @click=${dismiss}>
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d="m7 7 10 10M17 7 7 17" /></svg>
        </button>
        ${content}
      </div>
    </dialog>
  `;
}

/** Moved within the page, a dialog is still open and no longer modal. */
function open(dialog: Element): void {
  if (!(dialog instanceof HTMLDialogElement) || dialog.matches(':modal')) return;
  dialog.removeAttribute('open');
  dialog.showModal();
}

function isOnPage({ currentTarget }: Event): boolean {
  return currentTarget instanceof Node && currentTarget.isConnected;
}

/** For browsers without `closedby`: the frame fills the dialog, so a click on the dialog is one on its backdrop. */
function isBeside({ currentTarget, target }: Event): boolean {
  return target === currentTarget && !('closedBy' in HTMLDialogElement.prototype);
}

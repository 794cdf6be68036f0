/** What every layout shows: the sign, the words of the offer or of its outcome, and the buttons. Pure. */
import { html, nothing, svg, type CSSResult, type TemplateResult } from 'lit';
import type { Hold, ShownState } from '../offer-state.js';
import type { OfferStrings } from '../strings.js';
import type { Face } from './face.js';

export interface OfferModel {
  readonly state: ShownState;
  /** What there is to say of an acceptance. */
  readonly face: Face | undefined;
  /** The words of the offer as safe nodes: the same ones at each drawing, so that they stay in place. */
  readonly title: readonly Node[];
  readonly description: readonly Node[];
  readonly strings: OfferStrings;
}

export interface OfferHandlers {
  accept(optionId: string): void;
  /** Turns the offer down, or puts the news of its acceptance away. */
  dismiss(): void;
  /** Asks for the offer anew, after an acceptance that came to nothing. */
  retry(): void;
  /** The customer follows the link to the next page. */
  leave(event: Event): void;
}

/** One way to stand on a page. */
export interface LayoutView {
  readonly styles: CSSResult;
  /** @param content what every layout shows, see `offerContent`. */
  draw(content: TemplateResult, strings: OfferStrings, dismiss: () => void): TemplateResult;
  /**
   * Why now would be a bad moment.
   * @param self whoever asks: its own dialog is no obstacle.
   */
  obstacle?(self: object): Hold | undefined;
}

/** Drawn on a field of 24 by 24. */
const SPARK = svg`<path fill="currentColor" stroke="none" d="M12 2.5c.7 5.6 3.9 8.8 9.5 9.5-5.6.7-8.8 3.9-9.5 9.5-.7-5.6-3.9-8.8-9.5-9.5 5.6-.7 8.8-3.9 9.5-9.5Z" />`;

export function offerContent(model: OfferModel, handlers: OfferHandlers): TemplateResult {
  const { state, face, title, description, strings } = model;
  const { mood, sign, message } = face ?? { mood: 'offering', sign: SPARK, message: '' };
  const words = state.status === 'interrupted' ? strings.interrupted : message;

  return html`
    <slot name="media" part="media"></slot>
    <div class="content">
      <div part="icon" data-mood=${mood}>
        <slot name="icon"><svg viewBox="0 0 24 24" aria-hidden="true">${sign}</svg></slot>
      </div>
      <div class="words">
        <h2 id="title" part="title" dir="auto">${title}</h2>
        ${
          !words && description.length > 0
            ? html`<div id="description" part="description" dir="auto">${description}</div>`
            : nothing
        }
        <div role="status">${words ? html`<p part="status" dir="auto">${words}</p>` : nothing}</div>
      </div>
      <div part="actions">${actions(model, handlers)}</div>
    </div>
    <slot name="footer" part="footer"></slot>
  `;
}

function actions({ state, face, strings }: OfferModel, handlers: OfferHandlers): unknown[] {
  const { accept, dismiss, leave, retry } = handlers;
  switch (state.status) {
    case 'offered':
    case 'accepting': {
      const isOpen = state.status === 'offered';
      return [
        ...state.offer.options.map(({ id, label }, index) =>
          isOpen
            ? button(optionPart(index), label, () => accept(id))
            : button(optionPart(index), id === state.optionId ? strings.accepting : label),
        ),
        button('dismiss', strings.dismiss, isOpen ? dismiss : undefined),
      ];
    }
    case 'interrupted':
      return [
        button(optionPart(0), strings.retry, () => accept(state.optionId)),
        button('dismiss', strings.close, dismiss),
      ];
    default:
      return [
        face?.way === 'leave' && 'url' in state
          ? html`<a href=${state.url} part=${optionPart(0)} @click=${leave}>${strings.continue}</a>`
          : nothing,
        face?.way === 'retry' ? button(optionPart(0), strings.retry, retry) : nothing,
        button('dismiss', strings.close, dismiss),
      ];
  }
}

/** Without `onPress` it waits for an answer: not disabled, which would lose the focus. */
function button(part: string, label: string, onPress?: (() => void) | undefined): TemplateResult {
  return html`
    <button
      type="button"
      dir="auto"
      part=${part}
      aria-disabled=${onPress ? nothing : 'true'}
      @click=${(event: MouseEvent) => {
        // The second click of a double click was meant for the button that stood here before.
        if (event.detail < 2) onPress?.();
      }}
    >
      ${label}
    </button>
  `;
}

function optionPart(index: number): string {
  return index === 0 ? 'option option-primary' : 'option';
}

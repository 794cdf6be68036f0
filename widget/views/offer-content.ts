/** What every layout shows: the sign, the words of the offer or of its outcome, and the buttons. Pure. */
import { html, nothing, svg, type CSSResult, type TemplateResult } from 'lit';
import type { Hold, ShownState } from '../offer-state.js';
import type { OfferStrings } from '../strings.js';

/** What is said in place of the offer's description. */
export interface Face {
  readonly mood?: string;
  /** Stands beside the words, which never depend on it. */
  readonly sign?: TemplateResult;
  /** Read out when it changes. */
  readonly message: string;
  /** The buttons, in their order. */
  readonly ways: readonly Way[];
}

export interface Way {
  readonly label: string;
  /** It leads to another page. */
  readonly href?: string;
  follow(event: Event): void;
}

export interface OfferModel {
  readonly state: ShownState;
  /** Absent while the offer speaks for itself. */
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
  /** After each drawing. */
  drawn?(surface: Element): void;
  /**
   * Why now would be a bad moment.
   * @param self whoever asks: its own dialog is no obstacle.
   */
  obstacle?(self: object): Hold | undefined;
}

/** Drawn on a field of 24 by 24. */
const SPARK = svg`<path fill="currentColor" stroke="none" d="M12 2.5q1.2 8.3 9.5 9.5-8.3 1.2-9.5 9.5-1.2-8.3-9.5-9.5 8.3-1.2 9.5-9.5Z" />`;

export function offerContent(model: OfferModel, handlers: OfferHandlers): TemplateResult {
  const { face, title, description } = model;

  return html`
    <slot name="media" part="media"></slot>
    <div class="content">
      <div part="icon" data-mood=${face?.mood ?? nothing}>
        <slot name="icon"><svg viewBox="0 0 24 24" aria-hidden="true">${face?.sign ?? SPARK}</svg></slot>
      </div>
      <div class="words">
        <h2 id="title" part="title" dir="auto">${title}</h2>
        ${
          !face && description.length > 0
            ? html`<div id="description" part="description" dir="auto">${description}</div>`
            : nothing
        }
        <div role="status" dir="auto">${face ? html`<p part="status">${face.message}</p>` : nothing}</div>
      </div>
      <div part="actions">${face ? ways(face) : options(model, handlers)}</div>
    </div>
    <slot name="footer" part="footer"></slot>
  `;
}

function options({ state, strings }: OfferModel, { accept, dismiss }: OfferHandlers): TemplateResult[] {
  const pressed = 'optionId' in state && state.optionId;
  return [
    ...state.offer.options.map(({ id, label }, index) => {
      const part = optionPart(index);
      if (id === pressed) return button(part, strings.accepting, undefined, label);
      return button(part, label, pressed ? undefined : () => accept(id));
    }),
    button('dismiss', strings.dismiss, pressed ? undefined : dismiss),
  ];
}

/** The last one puts the news away. */
function ways({ ways }: Face): TemplateResult[] {
  return ways.map(({ label, href, follow }, index) => {
    const part = index < ways.length - 1 ? optionPart(0) : 'dismiss';
    return href
      ? html`<a href=${href} part=${part} dir="auto" @click=${follow}>${label}</a>`
      : button(part, label, follow);
  });
}

/**
 * @param onPress without it, it waits for an answer: not disabled, which would lose the focus.
 * @param before what stood there a moment ago: the button stays as wide, so that nothing moves.
 */
function button(part: string, label: string, onPress?: (event: MouseEvent) => void, before?: string): TemplateResult {
  return html`
    <button
      type="button"
      dir="auto"
      part=${part}
      aria-disabled=${onPress ? nothing : 'true'}
      @click=${(event: MouseEvent) => {
        // The second click of a double click was meant for the button that stood here before.
        if (event.detail < 2) onPress?.(event);
      }}
    >
      ${before ? html`<span class="waiting">${label}</span><span aria-hidden="true">${before}</span>` : label}
    </button>
  `;
}

function optionPart(index: number): string {
  return index === 0 ? 'option option-primary' : 'option';
}

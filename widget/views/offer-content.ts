/** What every layout shows: the sign, the words of the offer or of its outcome, and the buttons. Pure. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { ShownState } from '../offer-state.js';
import type { Strings } from '../strings.js';
import { face, type Mood } from './face.js';

export interface OfferModel {
  readonly state: ShownState;
  /** The words of the offer as safe nodes: the same ones at each drawing, so that they stay in place. */
  readonly title: readonly Node[];
  readonly description: readonly Node[];
  readonly strings: Strings;
}

export interface OfferHandlers {
  accept(optionId: string): void;
  /** Turns the offer down, or puts the news of its acceptance away. */
  dismiss(): void;
  /** The customer follows the link to the next page. */
  leave(event: Event): void;
}

/** Drawn on a field of 24 by 24. */
const SIGNS: Record<Mood, TemplateResult> = {
  offering: svg`<path fill="currentColor" stroke="none" d="M12 2.5c.7 5.6 3.9 8.8 9.5 9.5-5.6.7-8.8 3.9-9.5 9.5-.7-5.6-3.9-8.8-9.5-9.5 5.6-.7 8.8-3.9 9.5-9.5Z" />`,
  working: svg`<path d="M12 3.5a8.5 8.5 0 1 1-8.5 8.5" />`,
  later: svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 7.5V12l3 2" />`,
  done: svg`<path d="m5 12.5 4.5 4.5L19 7.5" />`,
  problem: svg`<path d="M12 5v8.5M12 18v.5" />`,
};

export function offerContent(model: OfferModel, handlers: OfferHandlers): TemplateResult {
  const { state, title, description, strings } = model;
  const { mood, message } = face(state, strings);
  const isOffering = state.status === 'offered' || state.status === 'accepting';

  return html`
    <slot name="media" part="media"></slot>
    <div class="content">
      <div part="icon" data-mood=${mood}>
        <slot name="icon"><svg viewBox="0 0 24 24" aria-hidden="true">${SIGNS[mood]}</svg></slot>
      </div>
      <div class="words">
        <h2 id="title" part="title" dir="auto">${title}</h2>
        ${
          isOffering && description.length > 0
            ? html`<div id="description" part="description" dir="auto">${description}</div>`
            : nothing
        }
        <div role="status">${message ? html`<p part="status">${message}</p>` : nothing}</div>
      </div>
      <div part="actions">${actions(model, handlers)}</div>
    </div>
    <slot name="footer" part="footer"></slot>
  `;
}

function actions({ state, strings }: OfferModel, { accept, dismiss, leave }: OfferHandlers): TemplateResult[] {
  switch (state.status) {
    case 'offered':
      return [
        ...state.offer.options.map(({ id, label }, index) => button(optionPart(index), label, () => accept(id))),
        button('dismiss', strings.dismiss, dismiss),
      ];
    case 'accepting':
      return [
        ...state.offer.options.map(({ id, label }, index) =>
          button(optionPart(index), id === state.optionId ? strings.accepting : label),
        ),
        button('dismiss', strings.dismiss),
      ];
    case 'interrupted':
      return [
        button(optionPart(0), strings.retry, () => accept(state.optionId)),
        button('dismiss', strings.close, dismiss),
      ];
    case 'redirect':
    case 'checkout':
      return [
        html`<a href=${state.url} part=${optionPart(0)} @click=${leave}>${strings.continue}</a>`,
        button('dismiss', strings.close, dismiss),
      ];
    default:
      return [button('dismiss', strings.close, dismiss)];
  }
}

/** Without `onPress` it waits for an answer: not disabled, which would lose the focus. */
function button(part: string, label: string, onPress?: () => void): TemplateResult {
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

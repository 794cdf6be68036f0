/** What every layout shows of a notice: the icon, the words and the buttons. Pure. */
import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import type { ButtonAction, Notice, NoticeButton } from './notice.js';

/**
 * The elements of the words: the same ones at each drawing, so that they stay in place. Other words get other elements: a
 * page that a browser has translated keeps its meaning, and a button that has the focus never becomes another one.
 */
export interface Written {
  readonly title: HTMLElement;
  /** Below it: the description of the offer, or the message about its acceptance. Absent when the offer has none. */
  readonly text: HTMLElement | undefined;
  /** What an outcome is about. */
  readonly subject: HTMLElement | undefined;
  /** Empty: the buttons are drawn into it. */
  readonly actions: HTMLElement;
}

/** Undefined where it is no button of this kind. */
export type DrawButton = (button: NoticeButton, press: Press) => TemplateResult | undefined;

/** A notice, and what the page has asked for beside an offer. */
export type Drawn = Notice & {
  /** The path of the icon, in place of the offer's own. */
  readonly icon?: string | undefined;
  /** The line that says when the offer ends. */
  readonly ending?: TemplateResult;
  /** Until the page has a meter of its own in the slot. */
  readonly meter?: TemplateResult;
  /** The options to choose from, where one button accepts the chosen one. */
  readonly rows?: TemplateResult;
};

/** Does what a button says. */
export type Press = (action: ButtonAction, event: Event) => void;

/** The sign of an offer: a path on a field of 24 by 24. The words never depend on it. */
const OFFER = 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 1 1 0-17m0 12.5V8m-3.5 3.5L12 8l3.5 3.5';

export const PARTS: Readonly<Record<NoticeButton['kind'], string>> = {
  primary: 'option option-primary',
  option: 'option option-secondary',
  dismiss: 'dismiss',
};

/** @param wayOn draws a button that leads to another page. Those of an offer lead nowhere. */
export function content(drawn: Drawn, written: Written, press: Press, wayOn?: DrawButton): TemplateResult {
  const { tone, buttons } = drawn;
  const isOffer = tone === 'offer';
  const icon = sign(isOffer ? (drawn.icon ?? OFFER) : drawn.sign);
  // A button that changes its label says nothing.
  const waiting = buttons.find(({ labelBefore }) => labelBefore);
  const draw = (each: NoticeButton) =>
    ((each.href ?? each.slot) ? wayOn?.(each, press) : undefined) ?? button(each, press);
  render([drawn.rows, ...buttons.map(draw), charges(buttons)], written.actions);
  // The page's slots speak of the offer, and leave with it.
  return html`
    ${isOffer ? html`<slot name="media" part="media"></slot>` : nothing}
    <div class="content" part="content">
      <div part="icon" data-tone=${tone}>${isOffer ? html`<slot name="icon">${icon}</slot>` : icon}</div>
      <div class="body">
        <div class="words" part="words">
          ${isOffer ? html`<slot name="eyebrow" part="eyebrow"></slot> ${written.title} ${written.text}` : nothing}
          <div role="status" dir="auto">
            ${isOffer ? html`<span class="spoken">${waiting?.label}</span>` : [written.title, written.text]}
          </div>
          ${
            isOffer
              ? html`
                  ${drawn.ending} <slot name="meter" part="meter">${drawn.meter}</slot>
                  <slot name="proof" part="proof"></slot> <slot name="price" part="price"></slot>
                `
              : written.subject
          }
        </div>
        ${written.actions}
      </div>
    </div>
    <slot name="footer" part="footer"></slot>
  `;
}

export function sign(path: string): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path} pathLength="1" /></svg>`;
}

/** Where not all options charge the same, the line names those that charge. The last button is no option. */
function charges(buttons: readonly NoticeButton[]): TemplateResult | undefined {
  const options = buttons.slice(0, -1);
  const isSame = options.every(({ charge }) => charge === options[0]?.charge);
  const charging = (isSame ? options.slice(0, 1) : options).filter(({ charge }) => charge);
  const lines = charging.map(({ label, labelBefore, charge }, index) => [
    isSame ? nothing : html`<b>${labelBefore ?? label}</b>`,
    charge === charging[index + 1]?.charge ? ' · ' : html` ${charge}<br />`,
  ]);
  return lines[0] && html`<div id="charge" part="charge" dir="auto">${lines}</div>`;
}

function button({ kind, label, action, labelBefore, charge }: NoticeButton, press: Press): TemplateResult {
  // While it waits it is not disabled, which would lose the focus.
  return html`
    <button
      type="button"
      dir="auto"
      part=${PARTS[kind]}
      aria-disabled=${action ? nothing : 'true'}
      aria-describedby=${charge ? 'charge' : nothing}
      @click=${(event: MouseEvent) => {
        // The second click of a double click was meant for the button that was here before.
        if (action && event.detail < 2) press(action, event);
      }}
    >
      ${labelBefore ? [waiting(label), words(labelBefore)] : words(label)}
    </button>
  `;
}

function waiting(label: string): TemplateResult {
  return html`<span class="waiting"><span part="spinner"></span>${label}</span>`;
}

export function words(label: string): HTMLElement {
  const element = document.createElement('span');
  element.append(label);
  return element;
}

/** What every layout shows of a notice: the icon, the words and the buttons. Pure. */
import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import type { ButtonAction, Notice, NoticeButton, Tone } from './notice.js';

/**
 * The elements of the words: the same ones at each drawing, so that they stay in place. Other words get other elements: a
 * page that a browser has translated keeps its meaning, and a button that has the focus never becomes another one.
 */
export interface Written {
  /** The offer's own words. */
  readonly title: HTMLElement;
  /** Absent when the offer has none. */
  readonly description: HTMLElement | undefined;
  /** The widget's own words in its place. Empty while the offer speaks for itself. */
  readonly message: HTMLElement;
  /** Empty: the buttons are drawn into it. */
  readonly actions: HTMLElement;
}

/** Does what a button says. */
export type Press = (action: ButtonAction, event: Event) => void;

/** The path of each icon on a field of 24 by 24. The words never depend on them. */
const ICONS: Readonly<Record<Tone, string>> = {
  offer: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 1 1 0-17m0 12.5V8m-3.5 3.5L12 8l3.5 3.5',
  working: 'M12 3.5a8.5 8.5 0 1 1-8.5 8.5',
  later: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 1 1 0-17m0 4V12l3 2',
  done: 'm5 12.5 4.5 4.5L19 7.5',
  problem: 'M12 5v8.5m0 4.5v.5',
};

const PARTS: Readonly<Record<NoticeButton['kind'], string>> = {
  primary: 'option option-primary',
  option: 'option option-secondary',
  dismiss: 'dismiss',
};

export function content({ tone, message, buttons }: Notice, written: Written, press: Press): TemplateResult {
  const isOffer = message === undefined;
  // A button that changes its label says nothing.
  const waiting = buttons.find(({ labelBefore }) => labelBefore);
  render(
    buttons.map((each) => button(each, press)),
    written.actions,
  );
  // The page's slots speak of the offer, and leave with it.
  const slot = (name: string) => (isOffer ? html`<slot name=${name} part=${name}></slot>` : nothing);
  const sign = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${ICONS[tone]} /></svg>`;
  return html`
    ${slot('media')}
    <div class="content" part="content">
      <div part="icon" data-tone=${tone}>${isOffer ? html`<slot name="icon">${sign}</slot>` : sign}</div>
      <div class="body">
        <div class="words" part="words">
          ${slot('eyebrow')} ${written.title} ${isOffer ? written.description : nothing}
          <div role="status" dir="auto">
            ${isOffer ? html`<span class="spoken">${waiting?.label}</span>` : written.message}
          </div>
          ${slot('meter')} ${slot('proof')} ${slot('price')}
        </div>
        ${written.actions}
      </div>
    </div>
    <slot name="footer" part="footer"></slot>
  `;
}

function button({ kind, label, href, action, labelBefore }: NoticeButton, press: Press): TemplateResult {
  const part = PARTS[kind];
  if (href) {
    // The second click of a double click was meant for what was here before.
    const follow = (event: MouseEvent) => {
      if (event.detail > 1) event.preventDefault();
      else if (action && event.button < 2) press(action, event);
    };
    const target = href.startsWith(`${location.origin}/`) ? nothing : '_top';
    return html`<a href=${href} target=${target} part=${part} dir="auto" @click=${follow} @auxclick=${follow}
      >${words(label)}</a
    >`;
  }
  // While it waits it is not disabled, which would lose the focus.
  return html`
    <button
      type="button"
      dir="auto"
      part=${part}
      aria-disabled=${action ? nothing : 'true'}
      @click=${(event: MouseEvent) => {
        // The second click of a double click was meant for the button that was here before.
        if (action && event.detail < 2) press(action, event);
      }}
    >
      ${labelBefore ? [waiting(label), words(labelBefore)] : words(label)}
    </button>
  `;
}

function waiting(label: string): HTMLElement {
  const element = words(label, 'waiting');
  const spinner = document.createElement('span');
  spinner.part.add('spinner');
  element.prepend(spinner);
  return element;
}

function words(label: string, name = ''): HTMLElement {
  const element = document.createElement('span');
  element.className = name;
  element.append(label);
  return element;
}

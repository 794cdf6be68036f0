/** The way to what a bar has cut short of the description: a text button at its end, which opens it in place. */
import type { Extra } from './extra.js';
import sheet from './details.css?inline';

/** What the bar takes beside the description. */
const REST = '--_rest';

/** How many lines there are depends on the width. In the next frame, because the button changes the size again. */
const sizes = new ResizeObserver((entries) =>
  requestAnimationFrame(() => entries.forEach(({ target }) => offerMore(target))),
);

export const extra: Extra = {
  sheet,
  drawn({ host, layout, words }) {
    const text = host.shadowRoot?.querySelector<HTMLElement>('[part~="description"]');
    if (!text || layout !== 'banner') return;
    const button = buttonAfter(text) ?? addButton(text);
    // English comes with the acceptance.
    button.textContent = words.details ?? 'Details';
    offerMore(text);
  },
};

function addButton(text: HTMLElement): HTMLElement {
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', dir: 'auto', ariaExpanded: 'false' });
  button.part.add('details');
  button.setAttribute('aria-controls', text.id);
  button.addEventListener('click', () => {
    const isOpen = button.ariaExpanded === 'true';
    const bar = text.closest('section');
    button.ariaExpanded = String(!isOpen);
    if (bar && !isOpen) text.style.setProperty(REST, `${heightOf(bar) - heightOf(text)}px`);
    text.scrollTop = 0;
    // What scrolls can be reached by keyboard (WebKit does not see to it).
    if (text.scrollHeight > text.clientHeight) text.tabIndex = 0;
    else text.removeAttribute('tabindex');
  });
  text.after(button);
  sizes.observe(text);
  return button;
}

function heightOf(element: Element): number {
  return element.getBoundingClientRect().height;
}

/** Only where there is more. What is open stays so. */
function offerMore(text: Element): void {
  const button = buttonAfter(text);
  if (!button || button.ariaExpanded === 'true') return;
  button.hidden = true;
  const line = parseFloat(getComputedStyle(text).lineHeight);
  // Letters may be higher than their line.
  button.hidden = text.scrollHeight - text.clientHeight < line / 2 && !text.querySelector('ul, ol');
}

function buttonAfter({ nextElementSibling: next }: Element): HTMLElement | undefined {
  return next instanceof HTMLButtonElement ? next : undefined;
}

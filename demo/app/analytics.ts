/** The gated page: `<upgrade-offer>` shows either the analytics or an offer; the page chooses the offer's layout. */
import { getToken, readUpgrade } from './account.js';
import { rememberGatedPage } from './gated-page.js';
import { requiredElement } from './required-element.js';
import { openShell } from './shell.js';

const LAYOUTS = ['inline', 'modal'];

const offer = requiredElement(document.querySelector('upgrade-offer'));
const widget = requiredElement(document.querySelector('script[src$="/upgrade-offer.js"]'));
const unchecked = requiredElement(document.querySelector<HTMLElement>('#unchecked'));
const choices = document.querySelectorAll<HTMLInputElement>('[name=layout]');
const query = new URLSearchParams(location.search);
let isChecked = false;

rememberGatedPage('analytics.html');

offer.getToken = getToken;
// This app reports a failure for one reason only, so it can name the reason.
offer.strings = { appFailed: 'Your card was declined, and nothing was charged.' };
offer.addEventListener('offer-unlocked', () => document.body.classList.add('unlocked'));

offer.addEventListener('offer-ready', showChecked);
offer.addEventListener('offer-unlocked', showChecked);
offer.addEventListener('offer-none', ({ access }) => (access === 'unknown' ? showUnchecked() : showChecked()));
// An error after the check succeeded is about something else.
offer.addEventListener('offer-error', () => isChecked || showUnchecked());
widget.addEventListener('error', showUnchecked);
requiredElement(document.querySelector('#check')).addEventListener('click', checkAgain);

// Behind the gate lies the real thing, blurred. A real app would blur a picture of it, and keep the data on its server.
requiredElement(document.querySelector('.ghost')).append(...copyOf('.analytics'));
showAs(LAYOUTS.find((layout) => layout === query.get('layout')) ?? 'inline');
for (const choice of choices) choice.addEventListener('change', () => showAs(choice.value));

await openShell();

// A customer who accepted and came back without paying gets no new offer, but needs a way to finish.
requiredElement(document.querySelector<HTMLElement>('#finish')).hidden = !(await readUpgrade()).isOpen;

function showAs(layout: string): void {
  offer.setAttribute('layout', layout);
  for (const choice of choices) choice.checked = choice.value === layout;
  query.set('layout', layout);
  history.replaceState(null, '', `?${query}`);
}

/** The content of an element, without the ids, which are the original's. */
function copyOf(selector: string): NodeList {
  const copy = requiredElement(document.querySelector(selector)).cloneNode(true) as Element;
  for (const element of copy.querySelectorAll('[id]')) element.removeAttribute('id');
  return copy.childNodes;
}

function showChecked(): void {
  isChecked = true;
  unchecked.hidden = true;
}

function showUnchecked(): void {
  unchecked.hidden = false;
}

/** When the widget's script failed to load, only a reload can load it. */
async function checkAgain(): Promise<void> {
  if (!customElements.get('upgrade-offer')) return location.reload();
  unchecked.hidden = true;
  await offer.refresh();
}

/** The gated page: `<upgrade-offer>` decides between the analytics and an offer; the page decides how it is shown. */
import { getToken, hasOpenUpgrade } from './account.js';
import { present } from './present.js';
import { openShell } from './shell.js';

const LAYOUTS = ['inline', 'modal'];

const offer = present(document.querySelector('upgrade-offer'));
const choices = document.querySelectorAll<HTMLInputElement>('[name=layout]');
const query = new URLSearchParams(location.search);

offer.getToken = getToken;
offer.addEventListener('offer-unlocked', () => document.body.classList.add('unlocked'));

present(document.querySelector<HTMLElement>('#declined')).hidden = !query.has('declined');
query.delete('declined');

showAs(LAYOUTS.find((layout) => layout === query.get('layout')) ?? 'inline');
for (const choice of choices) choice.addEventListener('change', () => showAs(choice.value));

await openShell();

// Who accepted and came back without paying is offered nothing more, and needs a way to finish.
present(document.querySelector<HTMLElement>('#finish')).hidden = !(await hasOpenUpgrade());

function showAs(layout: string): void {
  offer.setAttribute('layout', layout);
  for (const choice of choices) choice.checked = choice.value === layout;
  query.set('layout', layout);
  history.replaceState(null, '', `?${query}`);
}

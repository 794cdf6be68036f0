/**
 * The bar above the sample app, which belongs to the demo and not to the app: the way back to gallery and editors, and Reset. It
 * also puts the theme of the theme editor on the offers, and takes it along to the other pages of the demo.
 */
import { carriedIn, carry } from '../design-page/carried.js';
import { THEME } from '../theme/theme-field.js';
import { themeProperties } from '../theme/theme.js';
import { startOver } from './account.js';
import { requiredElement } from './required-element.js';

/** Of this tab: Chargebee, the payment page and the links of the app lead on without the query. */
const CARRIED = 'halyard carried';
/** Tells the other tabs that everything has started over. */
const resets = new BroadcastChannel('halyard reset');

const bar = requiredElement(document.querySelector<HTMLElement>('#demo'));
const reset = requiredElement(bar.querySelector<HTMLButtonElement>('button'));

const carried = readCarried();
for (const link of bar.querySelectorAll('a')) link.href = carry(link.getAttribute('href') ?? '', carried);
wear(new URLSearchParams(carried));

reset.addEventListener('click', async () => {
  reset.disabled = true;
  await startOver().finally(() => (reset.disabled = false));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin only
  resets.postMessage('reset');
  showStart();
});
resets.addEventListener('message', showStart);

/** What the widget remembers in this tab is about customers who have just started over. */
function showStart(): void {
  for (const name of Object.keys(sessionStorage))
    if (name.startsWith('upgrade-offer:')) sessionStorage.removeItem(name);
  location.assign('./');
}

/** A page of the demo that leads here says what to carry, or by saying nothing, that there is nothing. */
function readCarried(): string {
  const comesFromDemo = document.referrer.startsWith(`${location.origin}/`) && !document.referrer.includes('/app/');
  const query = carriedIn(location.search).toString();
  if (query !== '' || comesFromDemo) sessionStorage.setItem(CARRIED, query);
  return sessionStorage.getItem(CARRIED) ?? '';
}

function wear(query: URLSearchParams): void {
  const theme = THEME.read(query.get('theme') ?? '') ?? {};
  const scheme = query.get('scheme');
  if (scheme === 'light' || scheme === 'dark') document.documentElement.style.colorScheme = scheme;
  for (const offer of document.querySelectorAll('upgrade-offer')) {
    for (const [name, value] of themeProperties(theme)) offer.style.setProperty(name, value);
  }
}

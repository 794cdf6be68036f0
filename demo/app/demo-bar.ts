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
const RUN = 'halyard run';
/** Tells the other tabs that everything has started over. */
const resets = new BroadcastChannel('halyard reset');

const bar = requiredElement(document.querySelector<HTMLElement>('#demo'));
const trouble = requiredElement(document.querySelector('#account .trouble'));
const reset = requiredElement(bar.querySelector<HTMLButtonElement>('button'));

forgetEarlierRuns(sessionStorage);
forgetEarlierRuns(localStorage);

const carried = readCarried();
for (const link of bar.querySelectorAll('a')) link.href = carry(link.getAttribute('href') ?? '', carried);
wear(new URLSearchParams(carried));

reset.addEventListener('click', async () => {
  reset.disabled = true;
  try {
    await startOver();
  } catch (error) {
    reset.disabled = false;
    trouble.textContent = error instanceof Error ? error.message : String(error);
    return;
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin only
  resets.postMessage('reset');
  showStart();
});
resets.addEventListener('message', showStart);

function showStart(): void {
  location.assign('./');
}

/** What the widget remembers of an earlier run is about customers who have started over. It loads after this script. */
function forgetEarlierRuns(storage: Storage): void {
  const [run = ''] = /(?<=halyard_run=)\w+/.exec(document.cookie) ?? [];
  if (storage.getItem(RUN) === run) return;
  for (const name of Object.keys(storage).filter((each) => each.startsWith('upgrade-offer:'))) storage.removeItem(name);
  storage.setItem(RUN, run);
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

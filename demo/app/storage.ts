/** The usage page: tells `<upgrade-offer>` how full the storage is, and shows more storage as soon as it is added. */
import { getToken, readAccount } from './account.js';
import { requiredElement } from './required-element.js';
import { openShell } from './shell.js';

const NEARLY_FULL_PERCENT = 80;

/** How far the slider goes where nothing is full. */
const UNLIMITED_MAX_GB = 1_000;

/** Chargebee may tell the new quota a moment after it has changed the subscription. */
const LOOKS_AGAIN_AFTER_MS = [0, 1_000, 3_000, 10_000];

const offer = requiredElement(document.querySelector('upgrade-offer'));
const storage = requiredElement(document.querySelector('#storage'));
const meter = requiredElement(document.querySelector<HTMLElement>('#meter'));
const slider = requiredElement(document.querySelector<HTMLInputElement>('#used'));
const usedText = requiredElement(document.querySelector('#used-gb'));
const quotaText = requiredElement(document.querySelector('#quota-gb'));

offer.getToken = getToken;
offer.addEventListener('offer-fulfilled', async () => {
  for (const waitMs of LOOKS_AGAIN_AFTER_MS) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    const { storage: upgraded } = await readAccount();
    if (upgraded.quotaGb === quotaGb) continue;
    quotaGb = upgraded.quotaGb;
    return showUsage();
  }
});
slider.addEventListener('input', showUsage);

const account = await openShell();
let { quotaGb } = account.storage;
slider.max = maxOf(quotaGb);
slider.value = new URLSearchParams(location.search).get('used') ?? slider.value;
showUsage();
storage.ariaBusy = 'false';

function showUsage(): void {
  const percent = quotaGb === null ? 0 : Math.round((slider.valueAsNumber / quotaGb) * 100);
  const quota = quotaGb === null ? 'unlimited storage' : `${quotaGb} GB`;
  slider.max = maxOf(quotaGb);
  quotaText.textContent = quota;
  usedText.textContent = slider.ariaValueText = `${slider.value} GB`;
  meter.ariaValueNow = String(percent);
  meter.ariaValueText = `${slider.value} of ${quota}, ${percent} %`;
  meter.style.setProperty('--used', `${percent}%`);
  meter.classList.toggle('nearly-full', percent >= NEARLY_FULL_PERCENT);
  offer.setAttribute('context', JSON.stringify({ storage_used_percent: percent }));
  history.replaceState(null, '', `?used=${slider.value}`);
}

function maxOf(quota: number | null): string {
  return String(quota ?? UNLIMITED_MAX_GB);
}

/** The app's own upgrade page, where an accepted offer leads: the customer pays or cancels, and returns to analytics. */
import { declineUpgrade, hasOpenUpgrade, payUpgrade } from './account.js';
import { requiredElement } from './required-element.js';
import { openShell } from './shell.js';

const checkout = requiredElement(document.querySelector<HTMLFormElement>('#checkout'));
const notice = requiredElement(document.querySelector('#notice'));
const buttons = checkout.querySelectorAll('button');

checkout.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { submitter } = event;
  const isPaying = !(submitter instanceof HTMLButtonElement) || submitter.value === 'pay';
  setBusy(true);
  notice.textContent = isPaying ? 'Unlocking …' : 'Cancelling …';
  try {
    await (isPaying ? payUpgrade() : declineUpgrade());
    location.assign('analytics.html');
  } catch (error) {
    setBusy(false);
    submitter?.focus({ preventScroll: true });
    showError(error);
  }
});

try {
  await openShell();
  if (!(await hasOpenUpgrade())) {
    notice.textContent = 'There is nothing to pay. Accept the offer on the Analytics page first.';
    setBusy(true);
  }
} catch (error) {
  showError(error);
}

function showError(error: unknown): void {
  notice.textContent = error instanceof Error ? error.message : String(error);
  notice.scrollIntoView({ block: 'nearest' });
}

function setBusy(isBusy: boolean): void {
  for (const button of buttons) button.disabled = isBusy;
}

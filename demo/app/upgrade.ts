/**
 * The app's own upgrade page, where an accepted offer leads: the customer pays, cancels, or has the card declined. What follows
 * takes the place of this page, so that Back does not lead to a payment that is over.
 */
import { declineUpgrade, payUpgrade, readUpgrade } from './account.js';
import { gatedPage, leadBack } from './gated-page.js';
import { requiredElement } from './required-element.js';
import { openShell } from './shell.js';

const NOTHING_TO_PAY = 'There is nothing to pay. Accept the offer on the Analytics page first.';
const PAID = 'This is paid already. Advanced Analytics is on.';

const checkout = requiredElement(document.querySelector<HTMLFormElement>('#checkout'));
const notice = requiredElement(document.querySelector('#notice'));
const buttons = checkout.querySelectorAll('button');

checkout.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { submitter } = event;
  const isPaying = !(submitter instanceof HTMLButtonElement) || submitter.value === 'pay';
  setBusy(true);
  notice.textContent = isPaying ? 'Unlocking…' : 'Declining…';
  try {
    await (isPaying ? payUpgrade() : declineUpgrade());
    location.replace(isPaying ? 'thanks.html' : gatedPage());
  } catch (error) {
    setBusy(false);
    submitter?.focus({ preventScroll: true });
    showError(error);
  }
});
// The browser may keep the page as it was left, with a payment that a colleague or another tab has made since.
addEventListener('pageshow', ({ persisted }) => persisted && void showState());

leadBack();
try {
  await openShell();
  await showState();
} catch (error) {
  showError(error);
}

async function showState(): Promise<void> {
  const { isOpen, isPaid } = await readUpgrade();
  setBusy(!isOpen);
  notice.textContent = isOpen ? '' : isPaid ? PAID : NOTHING_TO_PAY;
}

function showError(error: unknown): void {
  notice.textContent = error instanceof Error ? error.message : String(error);
  notice.scrollIntoView({ block: 'nearest' });
}

function setBusy(isBusy: boolean): void {
  for (const button of buttons) button.disabled = isBusy;
}

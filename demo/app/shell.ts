/** The shell of every page: who is signed in, and the buttons to switch to another user. */
import { readAccount, signIn } from './account.js';
import type { Account } from './backend/app-backend.js';
import { requiredElement } from './required-element.js';

/** Set when somebody switches users with the keyboard, so that the next page restores the focus. */
const SWITCHED = 'halyard switched';

/** Fills the shell of the page, and returns the account that is signed in. */
export async function openShell(): Promise<Account> {
  const shell = requiredElement(document.querySelector('#account'));
  const people = shell.querySelectorAll<HTMLButtonElement>('.person');
  const trouble = requiredElement(shell.querySelector('.trouble'));
  const account = await readAccount();

  requiredElement(shell.querySelector('#plan')).textContent = account.plan;
  const guest = requiredElement(shell.querySelector<HTMLElement>('#guest'));
  guest.hidden = !account.user.id.startsWith('cus_');
  guest.title = account.user.id;
  requiredElement(guest.querySelector('small')).textContent = account.user.id;
  for (const person of people) {
    const isSignedIn = person.value === account.user.id;
    person.ariaPressed = String(isSignedIn);
    if (isSignedIn && sessionStorage.getItem(SWITCHED)) person.focus();
    person.addEventListener('click', ({ detail: clicks }) => switchTo(person.value, clicks === 0, trouble));
  }
  sessionStorage.removeItem(SWITCHED);
  return account;
}

async function switchTo(user: string, isByKeyboard: boolean, trouble: Element): Promise<void> {
  try {
    await signIn(user);
    if (isByKeyboard) sessionStorage.setItem(SWITCHED, user);
    location.reload();
  } catch (error) {
    trouble.textContent = error instanceof Error ? error.message : String(error);
  }
}

/** What all pages share: who is signed in, and the switch to somebody else. */
import { readAccount, signIn } from './account.js';
import type { Account } from './backend/app-backend.js';
import type { UserId } from './backend/users.js';

const PEOPLE: readonly { id: UserId; name: string; workspace: string }[] = [
  { id: 'ada', name: 'Ada', workspace: 'Juniper Coffee' },
  { id: 'ben', name: 'Ben', workspace: 'Juniper Coffee' },
  { id: 'cleo', name: 'Cleo', workspace: 'Fernhill Books' },
];

/** Fills the shell of the page, and answers whose page it is. */
export async function openShell(): Promise<Account> {
  const account = await readAccount();
  const plan = Object.assign(document.createElement('p'), { textContent: account.plan });
  const people = PEOPLE.map((person) => personButton(person, person.id === account.user.id));
  document.querySelector('#account')?.replaceChildren(plan, ...people);
  return account;
}

function personButton({ id, name, workspace }: (typeof PEOPLE)[number], isSignedIn: boolean): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'person';
  button.ariaPressed = String(isSignedIn);
  button.append(`${name} `, Object.assign(document.createElement('small'), { textContent: workspace }));
  button.addEventListener('click', async () => {
    await signIn(id);
    location.reload();
  });
  return button;
}

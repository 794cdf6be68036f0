/** The page after a payment: what is on now, and the way there. Without a payment it leads to what can be bought. */
import { readUpgrade } from './account.js';
import { gatedPage, leadBack } from './gated-page.js';
import { requiredElement } from './required-element.js';
import { openShell } from './shell.js';

leadBack();
const [{ user }, { isPaid }] = await Promise.all([openShell(), readUpgrade()]);
if (!isPaid) location.replace(gatedPage());
requiredElement(document.querySelector('#workspace')).textContent = user.workspace;

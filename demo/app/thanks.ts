/** The page after a payment: what is on now, and the way there. Without a payment it leads to what can be bought. */
import { readUpgrade } from './account.js';
import { requiredElement } from './required-element.js';
import { openShell } from './shell.js';

const [{ user }, { isPaid }] = await Promise.all([openShell(), readUpgrade()]);
if (!isPaid) location.replace('analytics.html');
requiredElement(document.querySelector('#workspace')).textContent = user.workspace;

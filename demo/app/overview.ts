/** The overview page needs nothing but the shell. */
import { openShell } from './shell.js';

await openShell();

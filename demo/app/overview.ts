import { openShell } from './shell.js';

await openShell();

/** What it takes to draw the outcome of an acceptance. Fetched with it. */
import { lazySheet } from '../style-sheets.js';
import { Confirmation } from './confirmation.js';
import { outcomeNotice } from './outcome-notice.js';
import sheet from './outcome.css?inline';
import { wayOn } from './way-on.js';
import { waysOn } from './ways-on.js';

export const outcome = { Confirmation, outcomeNotice, waysOn, wayOn, styles: [lazySheet(sheet)] };

/**
 * The timeline beside the app: asks the demo's server once a second, while the page is visible, and draws the entries.
 * Screen readers do not announce new entries, because people read the timeline on demand. Its empty markup is in
 * `.build/page-frame.ts`.
 */
import { render } from 'lit';
import { requiredElement } from '../required-element.js';
import type { PageReport, TimelineEntry } from './timeline-entry.js';
import { entryList } from './entry-list.js';
import { recordEvents, recordPage } from './page-recorder.js';

const ENTRIES = '/app/timeline/entries';
const ASK_EVERY_MS = 1_000;
/** The timeline scrolls to a new entry only when it is scrolled to within this distance of the end. */
const AT_END_PX = 48;

const panel = requiredElement(document.querySelector<HTMLElement>('#timeline'));
const list = requiredElement(panel.querySelector<HTMLElement>('ol'));
const latest = requiredElement(panel.querySelector<HTMLElement>('.latest'));
const opener = requiredElement(panel.querySelector<HTMLButtonElement>('.opener'));
const clearer = requiredElement(panel.querySelector<HTMLButtonElement>('.clearer'));

let unsent: PageReport = [];
let shown = '';

recordPage(report);
recordEvents(document, report);

opener.addEventListener('click', () => toggle(opener.ariaExpanded !== 'true'));
panel.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape' || opener.ariaExpanded !== 'true') return;
  toggle(false);
  opener.focus();
});
clearer.addEventListener('click', async () => {
  await ask({ method: 'DELETE' });
  await read();
});

setInterval(() => void refresh(), ASK_EVERY_MS);
document.addEventListener('visibilitychange', () => void refresh());
void refresh();

/**
 * For a flow that the page draws itself: its events do not reach the document.
 * @returns ends it.
 */
export function recordEventsOf(flow: EventTarget): () => void {
  return recordEvents(flow, report);
}

function report(happened: PageReport[number]): void {
  unsent.push(happened);
  void send();
}

async function refresh(): Promise<void> {
  if (document.hidden || !navigator.onLine) return;
  await send();
  await read();
}

/** Reports survive leaving the page (`keepalive`), and wait while there is no network. */
async function send(): Promise<void> {
  if (unsent.length === 0 || !navigator.onLine) return;
  const reports = unsent;
  unsent = [];
  const headers = { 'content-type': 'application/json' };
  const answer = await ask({ method: 'POST', keepalive: true, headers, body: JSON.stringify(reports) });
  if (!answer) unsent = [...reports, ...unsent];
}

async function read(): Promise<void> {
  const answer = await ask();
  const text = answer?.ok ? await answer.text() : shown;
  if (text === shown) return;
  shown = text;
  draw(JSON.parse(text));
}

function draw(entries: readonly TimelineEntry[]): void {
  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < AT_END_PX;
  render(entryList(entries), list);
  latest.textContent = entries.at(-1)?.what ?? '';
  clearer.disabled = entries.length === 0;
  if (wasAtEnd) list.scrollTop = list.scrollHeight;
}

function toggle(isOpen: boolean): void {
  opener.ariaExpanded = String(isOpen);
  if (isOpen) list.scrollTop = list.scrollHeight;
}

/** The app works without its timeline. After a failure, the next call is a second later. */
function ask(init?: RequestInit): Promise<Response | undefined> {
  return fetch(ENTRIES, init).catch(() => undefined);
}

/** The page of the funnel: asks for the counts while somebody looks at it, and draws them. */
import { render } from 'lit';
import { requiredElement } from '../required-element.js';
import { openShell } from '../shell.js';
import { funnelCards } from './cards.js';

const ASK_EVERY_MS = 1_000;

const place = requiredElement(document.querySelector<HTMLElement>('#funnel'));
let shown = '';

await openShell();
await refresh();
setInterval(() => void refresh(), ASK_EVERY_MS);
document.addEventListener('visibilitychange', () => void refresh());

async function refresh(): Promise<void> {
  if (document.hidden) return;
  const answer = await fetch('/app/funnel/counts').catch(() => undefined);
  const text = answer?.ok ? await answer.text() : shown;
  if (text === shown) return;
  shown = text;
  render(funnelCards(JSON.parse(text)), place);
}

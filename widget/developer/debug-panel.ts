/**
 * A small panel that says of each element on the page why it shows an offer or none, and what was last asked for whom. Opened by
 * `?upgrade-offer-debug`.
 */
import { watchCalls, type LastCall } from './last-call.js';

type UpgradeOffer = HTMLElementTagNameMap['upgrade-offer'];

const STYLE = `
  :host {
    position: fixed;
    box-sizing: border-box;
    inset-block-end: 1rem;
    inset-inline-start: 1rem;
    max-inline-size: min(32rem, calc(100vw - 2rem));
    max-block-size: 60vh;
    overflow: auto;
    padding: 0.75rem 1rem;
    border-radius: 0.5rem;
    background: #1b1b1f;
    color: #f4f4f6;
    font: 0.8125rem/1.5 ui-monospace, monospace;
    z-index: 2147483647;
  }

  pre {
    margin: 0;
    font: inherit;
    white-space: pre-wrap;
  }

  dd {
    overflow-wrap: anywhere;
  }

  button {
    padding: 0.125rem 0.5rem;
    border: 1px solid #b7b7c2;
    border-radius: 0.25rem;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }

  section {
    padding-block-start: 0.5rem;
    border-block-start: 1px solid #55555f;
  }

  dt {
    color: #b7b7c2;
  }

  dd {
    margin: 0 0 0.5rem;
  }
`;

const TAG = 'upgrade-offer-debug';

/** The page's `fetch` is wrapped once. */
let isWatching = false;

/** Keeps the panel up to date with the element, from now on. */
export function debug(element: UpgradeOffer): void {
  const update = () => void updatePanel(element);
  element.addController({ hostUpdated: update, hostDisconnected: update });
  update();
}

async function updatePanel(element: UpgradeOffer): Promise<void> {
  const list = document.querySelector(TAG)?.shadowRoot?.querySelector('dl') ?? openPanel();
  const lines = elements().map(async (each) => {
    const { feature, layout } = each;
    const name = ['<upgrade-offer', feature && ` feature="${feature}"`, ` layout="${layout}">`]
      .filter(Boolean)
      .join('');
    return [line('dt', name), line('dd', await each.explain())];
  });
  list.replaceChildren(...(await Promise.all(lines)).flat());
  if (!element.isConnected && list.childElementCount === 0) document.querySelector(TAG)?.remove();
}

function openPanel(): Element {
  const panel = document.createElement(TAG);
  panel.setAttribute('role', 'complementary');
  panel.setAttribute('aria-label', 'Why there is an upgrade offer, or none');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  const root = panel.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  document.body.append(panel);
  const list = root.appendChild(document.createElement('dl'));
  const section = root.appendChild(document.createElement('section'));
  section.setAttribute('aria-label', 'The last call');
  section.append(document.createElement('dl'), button('Ask again', askAgain));
  if (!isWatching) watchCalls(isProxys, showCall);
  isWatching = true;
  return list;
}

/** The panel comes after the first question. */
function askAgain(): void {
  for (const each of elements()) void each.refresh();
}

function isProxys(url: string): boolean {
  return elements().some(({ proxy }) => url.startsWith(new URL(proxy, document.baseURI).href));
}

function showCall({ what, sent, status, requestId, customer, ends }: LastCall): void {
  const list = document.createElement('dl');
  const pre = line('pre', sent);
  const answer = line('dd', requestId ? `${status}, request id ${requestId} ` : `${status}, without a request id`);
  if (requestId) {
    const copy = button('Copy', async () => {
      await navigator.clipboard.writeText(requestId);
      copy.textContent = 'Copied';
    });
    copy.setAttribute('aria-label', 'Copy the request id');
    answer.append(copy);
  }
  const body = document.createElement('dd');
  body.append(pre);
  list.append(line('dt', 'The token says'), line('dd', customer), line('dt', 'It ends'), line('dd', ends));
  list.append(line('dt', 'Answer'), answer, line('dt', what), body);
  document.querySelector(TAG)?.shadowRoot?.querySelector('section dl')?.replaceWith(list);
}

function button(label: string, press: () => unknown): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = label;
  made.addEventListener('click', press);
  return made;
}

function elements(): UpgradeOffer[] {
  return [...document.querySelectorAll('upgrade-offer')];
}

function line(tag: string, text: string): Element {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

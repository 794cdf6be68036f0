/** A small panel that says of each element on the page why it shows an offer or none. Opened by `?upgrade-offer-debug`. */
type UpgradeOffer = HTMLElementTagNameMap['upgrade-offer'];

const STYLE = `
  :host {
    position: fixed;
    inset-block-end: 1rem;
    inset-inline-start: 1rem;
    max-inline-size: min(32rem, calc(100vw - 2rem));
    max-block-size: 40vh;
    overflow: auto;
    padding: 0.75rem 1rem;
    border-radius: 0.5rem;
    background: #1b1b1f;
    color: #f4f4f6;
    font: 0.8125rem/1.5 ui-monospace, monospace;
    z-index: 2147483647;
  }

  dt {
    color: #b7b7c2;
  }

  dd {
    margin: 0 0 0.5rem;
  }
`;

const TAG = 'upgrade-offer-debug';

/** Keeps the panel up to date with the element, from now on. */
export function debug(element: UpgradeOffer): void {
  const update = () => void updatePanel(element);
  element.addController({ hostUpdated: update, hostDisconnected: update });
  update();
}

async function updatePanel(element: UpgradeOffer): Promise<void> {
  const list = document.querySelector(TAG)?.shadowRoot?.querySelector('dl') ?? openPanel();
  const lines = [...document.querySelectorAll('upgrade-offer')].map(async (each) => {
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
  return root.appendChild(document.createElement('dl'));
}

function line(tag: string, text: string): Element {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/**
 * What the widget is compared with: a custom element for the same offer, written by hand for one app, without a library. It
 * asks the proxy, draws a card or a dialog, reports that the offer was viewed, and accepts or dismisses it. Nothing more.
 */
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
  :host { display: block; font: inherit; }
  section, dialog { border: 1px solid #d5d7de; border-radius: 12px; padding: 20px 24px; max-width: 640px; }
  h2 { font-size: 1.125rem; margin: 0 0 4px; }
  p { margin: 0 0 16px; color: #565b69; }
  button { font: inherit; min-height: 44px; padding: 0 16px; border-radius: 8px; border: 1px solid transparent; }
  .primary { background: #3355d1; color: #fff; }
`);

class VanillaOffer extends HTMLElement {
  #root = this.attachShadow({ mode: 'open' });

  async connectedCallback() {
    this.#root.adoptedStyleSheets = [SHEET];
    const { offer } = await this.#call('offers', { context: JSON.parse(this.getAttribute('context') ?? '{}') });
    if (offer) this.#draw(offer);
  }

  #draw(offer) {
    const isModal = this.getAttribute('layout') === 'modal';
    const card = document.createElement(isModal ? 'dialog' : 'section');
    const title = document.createElement('h2');
    const description = document.createElement('p');
    const isSafe = 'setHTML' in title;
    for (const [node, html] of [
      [title, offer.title],
      [description, offer.description],
    ]) {
      if (isSafe) node.setHTML(html);
      else node.textContent = html;
    }
    const buttons = offer.options.map(({ id, label }) => {
      const button = document.createElement('button');
      button.className = 'primary';
      button.textContent = label;
      button.addEventListener('click', () => this.#call(`offers/${offer.id}/fulfillments`, { optionId: id }));
      return button;
    });
    const later = document.createElement('button');
    later.textContent = 'Not now';
    later.addEventListener('click', () => this.#dismiss(offer));
    card.append(title, description, ...buttons, later);
    this.#root.append(card);
    if (isModal) card.showModal();
    this.dispatchEvent(new Event('offer-ready', { bubbles: true, composed: true }));
    new IntersectionObserver(([entry], observer) => {
      if (!entry?.isIntersecting) return;
      observer.disconnect();
      void this.#call(`offers/${offer.id}/events`, { type: 'viewed' });
    }).observe(card);
  }

  #dismiss(offer) {
    this.#root.replaceChildren();
    void this.#call(`offers/${offer.id}/events`, { type: 'dismissed' });
  }

  async #call(path, body) {
    const response = await fetch(`/upgrade-offer/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${this.getAttribute('token')}` },
      body: JSON.stringify(body),
    });
    return response.status === 202 ? undefined : response.json();
  }
}

customElements.define('vanilla-offer', VanillaOffer);

/** Options as rows to choose from, with what the page says beside each, and one button. From two options on. */
import type { OfferOption } from '../../../proxy/contract.js';
import type { Extra } from './extra.js';
import sheet from './rows.css?inline';

export const extra: Extra = {
  sheet,
  add(drawn, { host, offer: { options }, layout, pressed, html }) {
    const { optionNotes: notes } = host;
    if (layout === 'banner' || layout === 'corner' || options.length < 2 || !options.some(({ id }) => notes?.[id]))
      return drawn;
    const wanted = pressed ?? host.chosenOption;
    const at = Math.max(
      options.findIndex(({ id }) => id === wanted),
      0,
    );
    const button = drawn.buttons[at];
    if (!button) return drawn;
    const rows = html`
      <div part="choices" role="radiogroup" aria-labelledby="title">
        ${options.map((option, index) => row(option, index === at))}
      </div>
    `;
    return { ...drawn, rows, buttons: [{ ...button, kind: 'primary' }, ...drawn.buttons.slice(options.length)] };

    function row({ id, label }: OfferOption, isChosen: boolean) {
      const { name = label, note, price, badge } = notes?.[id] ?? {};
      const choose = (event: Event) => {
        // An acceptance is on its way. A radio that is disabled would lose the focus.
        if (pressed) return event.preventDefault();
        host.chosenOption = id;
        host.requestUpdate();
      };
      return html`
        <label part="choice" dir="auto">
          <input type="radio" name="option" .checked=${isChosen} @click=${choose} />
          <span>
            <span part="choice-name">${name}</span>
            ${price && html`<span part="choice-price">${price}</span>`}
            ${badge && html`<span part="badge">${badge}</span>`}
            ${note && html`<span part="choice-note">${note}</span>`}
          </span>
        </label>
      `;
    }
  },
};

/**
 * What the page says beside each option. From two options on, a card and a dialog show rows to choose from and one button. What
 * else there is to say of a price stands under the buttons.
 */
import type { OfferOption } from '../../../proxy/contract.js';
import type { Drawn } from '../content.js';
import type { Extra, OptionNotes } from './extra.js';
import sheet from './rows.css?inline';

export const extra: Extra = {
  sheet,
  add(drawn, { host, offer: { options }, layout, pressed, html }) {
    const { optionNotes: notes = {} } = host;
    const hasRows = layout !== 'banner' && layout !== 'corner' && options.length > 1;
    if (!hasRows || !options.some(({ id }) => notes[id])) return withPrices(drawn, options, notes);
    const wanted = pressed ?? host.chosenOption;
    const at = Math.max(
      options.findIndex(({ id }) => id === wanted),
      0,
    );
    const button = drawn.buttons[at];
    const chosen = options[at];
    if (!button || !chosen) return drawn;
    const rows = html`
      <div part="choices" role="radiogroup" aria-labelledby="title">
        ${options.map((option, index) => row(option, index === at))}
      </div>
    `;
    // A price stands in its row.
    const charge = notes[chosen.id]?.price || chosen.price ? undefined : button.charge;
    return {
      ...drawn,
      rows,
      buttons: [{ ...button, kind: 'primary', charge }, ...drawn.buttons.slice(options.length)],
    };

    function row({ id, label, price: told }: OfferOption, isChosen: boolean) {
      const { name = label, note, price = told, badge } = notes[id] ?? {};
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

/** In place of the widget's own words about an option that charges. */
function withPrices(drawn: Drawn, options: readonly OfferOption[], notes: OptionNotes): Drawn {
  const buttons = drawn.buttons.map((button, index) => {
    const option = options[index];
    const { price = option?.price, note } = notes[option?.id ?? ''] ?? {};
    return button.charge && price ? { ...button, charge: note ? `${price} · ${note}` : price } : button;
  });
  return { ...drawn, buttons };
}

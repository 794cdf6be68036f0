/** The gallery's search, filters and appearance. Each control reads and writes the URL. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { wornTheme } from '../design-page/worn-theme.js';
import { LAYOUTS } from '../../widget/flow/layout.js';
import { WIDTHS, type GalleryPage, type GalleryUrl } from './gallery-page.js';
import { LANGUAGES, SCHEMES } from './appearance.js';
import { BUTTON_STATES, type ButtonState } from './button-states.js';
import { findStates, GROUPS } from './states.js';

const SCHEME_LABELS: Record<(typeof SCHEMES)[number], string> = {
  system: 'System',
  light: 'Light',
  dark: 'Dark',
  'light-in-dark': 'Light in a dark app',
};

const BUTTON_LABELS: Record<ButtonState, string> = {
  rest: 'As they are',
  hover: 'Pointer over them',
  focus: 'Keyboard focus',
  pressed: 'Pressed',
};

const LANGUAGE_LABELS: Record<(typeof LANGUAGES)[number], string> = {
  en: 'English',
  ar: 'العربية',
  de: 'Deutsch (Sie)',
  'de-x-du': 'Deutsch (du)',
  es: 'Español (usted)',
  'es-x-tu': 'Español (tú)',
  fr: 'Français',
  ja: '日本語',
  nl: 'Nederlands',
  pt: 'Português',
  'pt-BR': 'Português (Brasil)',
  pseudo: 'Pseudo-locale',
};

export function galleryControls(page: GalleryPage, url: GalleryUrl, isWide: boolean): TemplateResult {
  return html`
    <form role="search" @submit=${(event: Event) => event.preventDefault()}>
      <label class="field">
        <span>Find a state</span>
        <input
          type="search"
          placeholder="pending, German …"
          .value=${live(page.search)}
          @input=${(event: Event) => url.set({ search: valueOf(event), state: '' }, false)}
        />
      </label>
      ${segments('Layout', LAYOUTS, page.layout, (layout) => url.set({ layout }))}
      <details ?open=${isWide}>
        <summary>Filters and appearance</summary>
        <div>
          ${groups(page, url)}
          ${page.state && !page.compare ? nothing : segments('Width of the frames', WIDTHS, page.width, (width) => url.set({ width }))}
          ${select('Colour scheme', SCHEME_LABELS, page.scheme, SCHEMES, (scheme) => url.set({ scheme }))}
          ${select('Language', LANGUAGE_LABELS, page.language, LANGUAGES, (language) => url.set({ language }))}
          ${select('Buttons and links', BUTTON_LABELS, page.buttons, BUTTON_STATES, (buttons) => url.set({ buttons }))}
          <fieldset class="ticks">
            <legend class="unseen">More</legend>
            ${tick('Right to left', page.rtl || page.language === 'ar', (rtl) => url.set({ rtl }), page.language === 'ar')}
            ${tick('Reduced motion', page.still, (still) => url.set({ still }))}
            ${tick('Forced colours (simulated)', page.forced, (forced) => url.set({ forced }))}
          </fieldset>
          ${wornTheme(page.theme, () => url.set({ theme: {} }))}
        </div>
      </details>
    </form>
  `;
}

function groups(page: GalleryPage, url: GalleryUrl): TemplateResult {
  return html`<fieldset class="field groups">
    <legend>States</legend>
    ${(['', ...GROUPS] as const).map(
      (group) =>
        html`<label>
          <input
            type="radio"
            name="group"
            .checked=${live(group === page.group)}
            @change=${() => url.set({ group, state: '' })}
          />
          <span>${group || 'All'}</span> <span class="count" aria-hidden="true">${findStates('', group).length}</span>
        </label>`,
    )}
  </fieldset>`;
}

function segments<T extends string>(
  label: string,
  choices: readonly T[],
  chosen: T,
  choose: (choice: T) => void,
): TemplateResult {
  return html`<fieldset class="field">
    <legend>${label}</legend>
    <div class="segments">
      ${choices.map(
        (choice) =>
          html`<label
            ><input
              type="radio"
              name=${label}
              .checked=${live(choice === chosen)}
              @change=${() => choose(choice)}
            />${choice}</label
          >`,
      )}
    </div>
  </fieldset>`;
}

function select<T extends string>(
  label: string,
  labels: Record<T, string>,
  chosen: T,
  choices: readonly T[],
  choose: (choice: T) => void,
): TemplateResult {
  return html`<label class="field">
    <span>${label}</span>
    <select
      @change=${(event: Event) => {
        const choice = choices.find((known) => known === valueOf(event));
        if (choice) choose(choice);
      }}
    >
      ${choices.map((choice) => html`<option value=${choice} .selected=${live(choice === chosen)}>${labels[choice]}</option>`)}
    </select>
  </label>`;
}

function tick(label: string, isOn: boolean, turn: (isOn: boolean) => void, isFixed = false): TemplateResult {
  return html`<label class="tick">
    <input
      type="checkbox"
      .checked=${live(isOn)}
      ?disabled=${isFixed}
      @change=${({ target }: Event) => turn(target instanceof HTMLInputElement && target.checked)}
    />
    ${label}
  </label>`;
}

function valueOf({ target }: Event): string {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : '';
}

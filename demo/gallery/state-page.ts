/** The page of one state: the element in an imaginary app, as wide as its frame or window. Its query says what it shows. */
import { en } from '../../widget/view/words/en.js';
import '../../widget/define.js';
import type { UpgradeOffer } from '../../widget/index.js';
import { mockScenarios } from '../../widget/developer/mock-scenarios.js';
import type { Strings } from '../../widget/view/words/words.js';
import { readState } from '../design-page/url-state.js';
import { themeCss, type Theme } from '../theme/theme.js';
import { forceColors } from './forced-colors.js';
import { STATE_FIELDS, type StatePage } from './state-url.js';
import { reduceMotion } from './reduced-motion.js';
import { forceButtons } from './button-states.js';
import { reportHeight } from '../preview/frame-height.js';
import { keepFocus, rememberFocus } from './keep-focus.js';
import { translatedMock } from './translated-mock.js';
import { pseudoLocalize } from './pseudo-locale.js';
import { stateOf } from './states.js';
import { whenSettled } from './when-settled.js';

const root = document.documentElement;

// The pages that an offer leads to are not there.
addEventListener('click', (event) => {
  if (event.composedPath().some((target) => target instanceof HTMLAnchorElement)) event.preventDefault();
});

void show(readState(STATE_FIELDS, location.search));

async function show(page: StatePage): Promise<void> {
  keepFocus();
  setAppearance(page);
  wear(page.theme);
  const element = createOffer(page);
  const settled = whenSettled(element, mockScenarios[stateOf(page.state).mock]);
  place(element, page);
  await settled;
  const { shadowRoot } = element;
  if (shadowRoot) {
    if (stateOf(page.state).isPressed) await press(shadowRoot);
    imitate(shadowRoot, page);
    element.addEventListener('offer-ready', () => imitate(shadowRoot, page));
  }
  reportHeight(element);
  root.toggleAttribute('data-settled', true);
}

/** Presses the first option, and waits until the offer has become a question. */
async function press(shadowRoot: ShadowRoot): Promise<void> {
  const option = () => shadowRoot.querySelector<HTMLElement>('[part~="option-primary"]');
  const title = () => shadowRoot.querySelector('h2')?.textContent;
  await until(shadowRoot, () => option() !== null);
  const offered = title();
  const giveBack = rememberFocus();
  option()?.click();
  await until(shadowRoot, () => title() !== offered);
  // Nobody has pressed a key, so there is no ring around the title.
  if (shadowRoot.activeElement instanceof HTMLElement) shadowRoot.activeElement.blur();
  giveBack();
}

function until(root: ShadowRoot, isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const watch = new MutationObserver(look);
    watch.observe(root, { subtree: true, childList: true, characterData: true });
    look();

    function look(): void {
      if (!isSo()) return;
      watch.disconnect();
      resolve();
    }
  });
}

/** What a page cannot switch on is imitated in the widget's sheets, which change with the layout. */
function imitate(shadowRoot: ShadowRoot, { still, buttons, forced }: StatePage): void {
  if (still) reduceMotion(shadowRoot);
  forceButtons(shadowRoot, buttons);
  if (forced) forceColors(shadowRoot);
}

function setAppearance({ language, rtl, scheme, still, forced }: StatePage): void {
  root.lang = language === 'pseudo' ? 'en-XA' : language;
  root.dir = rtl || language === 'ar' ? 'rtl' : 'ltr';
  root.dataset['scheme'] = scheme;
  root.toggleAttribute('data-still', still);
  root.toggleAttribute('data-forced', forced);
}

function wear(theme: Theme): void {
  const style = document.createElement('style');
  style.textContent = themeCss(theme);
  document.head.append(style);
}

function createOffer({ state, layout, language }: StatePage): UpgradeOffer {
  const { mock, attributes = {}, properties = {}, slots = '' } = stateOf(state);
  const element = document.createElement('upgrade-offer');
  element.layout = layout;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  Object.assign(element, properties);
  element.insertAdjacentHTML('beforeend', slots);
  // This mock's offer is in German.
  if (state === 'long-text' && language === 'en') element.lang = 'de';
  element.mock = translatedMock(language, mockScenarios[mock]);
  if (language === 'pseudo') element.strings = pseudoStrings();
  const feature = document.querySelector<HTMLTemplateElement>('template#feature');
  if (feature) element.append(feature.content.cloneNode(true));
  return element;
}

/** Puts a banner above the app, and every other layout where the feature is. */
function place(element: UpgradeOffer, { state, layout }: StatePage): void {
  const isGate = state === 'locked' || state === 'unlocked' || state === 'just-unlocked';
  const here = document.querySelector('#here');
  if (layout !== 'banner' || isGate) return here?.replaceWith(element);
  here?.remove();
  document.body.prepend(element);
}

function pseudoStrings(): Partial<Strings> {
  return Object.fromEntries(Object.entries(en).map(([name, text]) => [name, pseudoLocalize(text)]));
}

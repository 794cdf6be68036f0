/** One state in an app of its own, as wide as the frame or window it is opened in. All that it shows stands in its query. */
import { en } from '../../widget/view/words/en.js';
import '../../widget/define.js';
import type { UpgradeOffer } from '../../widget/index.js';
import { mockScenarios } from '../../widget/developer/mock-scenarios.js';
import type { Strings } from '../../widget/view/words/words.js';
import { readState } from '../shell/url-state.js';
import { forceColors } from './forced-colors.js';
import { FRAME, type FrameState } from './frame-url.js';
import { holdStill } from './hold-still.js';
import { keepFocus } from './keep-focus.js';
import { mockIn } from './mock-in.js';
import { pseudo } from './pseudo.js';
import { whenSettled } from './when-settled.js';

const root = document.documentElement;

void show(readState(FRAME, location.search));

async function show(frame: FrameState): Promise<void> {
  keepFocus();
  dressPage(frame);
  const element = await createOffer(frame);
  const settled = whenSettled(element, mockScenarios[frame.state]);
  place(element, frame);
  await settled;
  const { shadowRoot } = element;
  if (shadowRoot && frame.still) holdStill(shadowRoot);
  if (shadowRoot && frame.forced) {
    forceColors(shadowRoot);
    element.addEventListener('offer-ready', () => forceColors(shadowRoot));
  }
  root.toggleAttribute('data-settled', true);
}

function dressPage({ language, rtl, scheme, still, forced }: FrameState): void {
  root.lang = language === 'pseudo' ? 'en-XA' : language;
  root.dir = rtl || language === 'ar' ? 'rtl' : 'ltr';
  root.dataset['scheme'] = scheme;
  root.toggleAttribute('data-still', still);
  root.toggleAttribute('data-forced', forced);
}

async function createOffer({ state, layout, language }: FrameState): Promise<UpgradeOffer> {
  const element = document.createElement('upgrade-offer');
  element.layout = layout;
  // An offer comes in the customer's language, and this one is German.
  if (state === 'long-text' && language === 'en') element.lang = 'de';
  element.mock = mockIn(language, mockScenarios[state]);
  if (language === 'pseudo') element.strings = pseudoStrings();
  const feature = document.querySelector<HTMLTemplateElement>('template#feature');
  if (feature) element.append(feature.content.cloneNode(true));
  return element;
}

/** A banner above the app; all else where the feature is, also a dialog. */
function place(element: UpgradeOffer, { state, layout }: FrameState): void {
  const isGate = state === 'locked' || state === 'unlocked';
  const here = document.querySelector('#here');
  if (layout !== 'banner' || isGate) return here?.replaceWith(element);
  here?.remove();
  document.body.prepend(element);
}

function pseudoStrings(): Partial<Strings> {
  return Object.fromEntries(Object.entries(en).map(([name, text]) => [name, pseudo(text)]));
}

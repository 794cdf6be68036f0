/** Runs the code of a gated feature, or shows the offer that unlocks it. */
import type { Access } from '../proxy/contract.js';
import { readEntitlement } from './flow/question/access.js';
import { createCall } from './flow/question/proxy-call.js';
import { identify } from './flow/question/question.js';
import { pageDefaults } from './page-defaults.js';
import type { UpgradeOffer } from './upgrade-offer.js';

/** The dialogs for features that have no element of their own on the page. */
const dialogs = new Map<string, UpgradeOffer>();

/** @see {gate} in `index.ts` */
export async function gate(feature: string, run: () => unknown): Promise<Access> {
  const element = elementFor(feature);
  if (!element) {
    console.warn(
      `<upgrade-offer> gate("${feature}") found no <upgrade-offer> on the page to learn the customer from. Add one, or call configure() with a token.`,
    );
    return 'unknown';
  }
  await element.updateComplete;
  const access = await accessOf(element, feature);
  if (access === 'granted') await run();
  if (access === 'denied') await element.show();
  return access;
}

/**
 * The page's own element for this feature. Without one: a dialog, with the customer and the context of another element, or
 * of the page's defaults.
 */
function elementFor(feature: string): UpgradeOffer | undefined {
  const elements = [...elementsIn(document)];
  const own = elements.find((element) => element.feature === feature);
  const [other] = elements;
  const { token, getToken } = pageDefaults();
  return own ?? (other || token || getToken ? dialogLike(other, feature) : undefined);
}

/** Set again at each call: another customer may have signed in. What is the page's default follows the page by itself. */
function dialogLike(other: UpgradeOffer | undefined, feature: string): UpgradeOffer {
  const dialog = dialogs.get(feature) ?? document.createElement('upgrade-offer');
  dialogs.set(feature, dialog);
  const { proxy, token, getToken, context, used, backdrop, strings, mock, lang } = other ?? {};
  const defaults = pageDefaults();
  const told = Object.entries({ proxy, token, getToken, context, used, backdrop, strings, mock }).map(
    ([name, value]): [string, unknown] => [name, value === defaults[name] ? undefined : value],
  );
  Object.assign(dialog, { feature, layout: 'modal', manual: true }, Object.fromEntries(told));
  // An empty `lang` would be a language that nobody knows.
  if (lang && lang !== defaults.lang) dialog.lang = lang;
  else dialog.removeAttribute('lang');
  if (!dialog.isConnected) document.body.append(dialog);
  return dialog;
}

/** The page's elements, also in the open shadow roots of its components. */
function* elementsIn(root: ParentNode): Generator<UpgradeOffer> {
  for (const element of root.querySelectorAll('*')) {
    if (isOfPage(element)) yield element;
    if (element.shadowRoot) yield* elementsIn(element.shadowRoot);
  }
}

function isOfPage(element: Element): element is UpgradeOffer {
  return element.matches('upgrade-offer:defined') && ![...dialogs.values()].some((dialog) => dialog === element);
}

/** A proxy that cannot say lets nobody in, and sells nothing. It is not asked about a visitor who is not signed in. */
async function accessOf(element: UpgradeOffer, feature: string): Promise<Access> {
  try {
    if (!(await identify(element, new AbortController().signal))) return 'unknown';
    const { access } = await readEntitlement(createCall(element), feature, element.used);
    return access;
  } catch (error) {
    console.warn(`<upgrade-offer> gate("${feature}") runs nothing and sells nothing: ${error}`);
    return 'unknown';
  }
}

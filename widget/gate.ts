/** Runs the code of a gated feature, or shows the offer that unlocks it. Loaded when a page calls `gate`. */
import { isAccess, isShape } from './answers.js';
import type { Access } from '../proxy/contract.js';
import { createCall } from './offer-api.js';
import type { UpgradeOffer } from './upgrade-offer.js';

/** @see {gate} in `index.ts` */
export async function gate(feature: string, run: () => unknown): Promise<Access> {
  const element = gateFor(feature);
  if (!element) {
    console.warn(
      `<upgrade-offer> gate("${feature}") found no <upgrade-offer> on the page to learn the customer from. Add one.`,
    );
    return 'unknown';
  }
  await element.updateComplete;
  const access = await accessOf(element, feature);
  if (access === 'granted') await run();
  if (access === 'denied') await element.show();
  return access;
}

/** The page's own element for this feature; else a modal, with what the page has told another one. */
function gateFor(feature: string): UpgradeOffer | undefined {
  const elements = [...document.querySelectorAll('upgrade-offer')];
  const own = elements.find((element) => element.feature === feature);
  const [other] = elements;
  if (own || !other) return own;
  const modal = document.createElement('upgrade-offer');
  const { proxy, token, getToken, strings, lang, mock } = other;
  Object.assign(modal, { feature, layout: 'modal', manual: true, proxy, token, getToken, strings, mock });
  if (lang) modal.lang = lang;
  document.body.append(modal);
  return modal;
}

/** Nobody is let in, and nothing is sold, on the word of a proxy that cannot say. */
async function accessOf(element: UpgradeOffer, feature: string): Promise<Access> {
  try {
    const { used } = element;
    const query = used === undefined ? '' : `?used=${used}`;
    const body = await createCall(element)(`entitlements/${encodeURIComponent(feature)}${query}`, {});
    return isShape(body) && isAccess(body['access']) ? body['access'] : 'unknown';
  } catch (error) {
    console.warn(`<upgrade-offer> gate("${feature}") runs nothing and sells nothing: ${error}`);
    return 'unknown';
  }
}

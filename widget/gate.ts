/** Runs the code of a gated feature, or shows the offer that unlocks it. */
import type { Access } from '../proxy/contract.js';
import { readAccess } from './flow/question/access.js';
import { createCall } from './flow/question/proxy-call.js';
import type { UpgradeOffer } from './upgrade-offer.js';

/** @see {gate} in `index.ts` */
export async function gate(feature: string, run: () => unknown): Promise<Access> {
  const element = elementFor(feature);
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
function elementFor(feature: string): UpgradeOffer | undefined {
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

/** A proxy that cannot say lets nobody in, and sells nothing. */
async function accessOf(element: UpgradeOffer, feature: string): Promise<Access> {
  try {
    return await readAccess(createCall(element), feature, element.used);
  } catch (error) {
    console.warn(`<upgrade-offer> gate("${feature}") runs nothing and sells nothing: ${error}`);
    return 'unknown';
  }
}

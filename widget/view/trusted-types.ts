/**
 * The one Trusted Types policy of the widget: a page allows it with `trusted-types upgrade-offer` and needs no other. The
 * build gives it to Lit, whose own would clash with the Lit of the page; DOMPurify gets it for the same reason.
 * It passes on what it is given: Lit's templates are ours, and DOMPurify parses into a document where nothing runs.
 */
import type { TrustedTypePolicy, TrustedTypePolicyOptions } from 'trusted-types/lib/index.js';

/** A page allows the name once, and a second copy of the widget defines nothing. */
const isSecondCopy = globalThis.customElements?.get('upgrade-offer');

/** Undefined where the browser has no Trusted Types, or the page does not allow the name. */
export const htmlPolicy = isSecondCopy ? undefined : createPolicy();

function createPolicy(): TrustedTypePolicy | undefined {
  try {
    return globalThis.trustedTypes?.createPolicy('upgrade-offer', { createHTML: (html) => html });
  } catch {
    return undefined;
  }
}

/** Whether the page lets Lit read its templates. */
export function mayDraw(): boolean {
  try {
    if (!htmlPolicy) document.createElement('i').innerHTML = '';
    return true;
  } catch {
    return false;
  }
}

declare global {
  /** TypeScript's DOM library does not describe it yet. */
  var trustedTypes: { createPolicy(name: string, options: TrustedTypePolicyOptions): TrustedTypePolicy } | undefined;
}

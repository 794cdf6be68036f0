/**
 * The hooks of `upgrade-offer/react`. Their types for an app stand in `.build/frameworks/react.d.ts`, beside those of JSX, so that
 * no version of React's types is written into the package.
 */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ASKING, EntitlementFlow, type EntitlementOptions, type EntitlementState } from './entitlement-flow.js';
import { createOfferFlow, type HeadlessOffer, type OfferOptions, type OfferState } from './headless.js';

/** What a server renders, and what the browser renders first over it. */
const IDLE: OfferState = { status: 'idle' };

/** An option that a render no longer names is not set any more. */
const UNSET: Record<keyof OfferOptions, undefined> = {
  proxy: undefined,
  token: undefined,
  getToken: undefined,
  feature: undefined,
  used: undefined,
  context: undefined,
  manual: undefined,
  confirm: undefined,
  layout: undefined,
  lang: undefined,
  mock: undefined,
};

export function useOffer(options: OfferOptions = {}): { readonly state: OfferState; readonly flow: HeadlessOffer } {
  const [flow] = useState(() => createOfferFlow(options));
  // Before it asks, so that it asks once, about what was rendered last.
  useEffect(() => flow.update({ ...UNSET, ...options }));
  useEffect(() => {
    flow.ask();
    return flow.stop;
  }, [flow]);
  const state = useSyncExternalStore(
    flow.subscribe,
    () => flow.state,
    () => IDLE,
  );
  return { state, flow };
}

export function useEntitlement(
  feature: string,
  used?: number,
  options: EntitlementOptions = {},
): EntitlementState & { readonly refresh: () => Promise<void> } {
  const [flow] = useState(() => new EntitlementFlow(feature));
  useEffect(() => flow.update(feature, used, options));
  const state = useSyncExternalStore(
    flow.subscribe,
    () => flow.stateOf(feature),
    () => ASKING,
  );
  return { ...state, refresh: flow.refresh };
}

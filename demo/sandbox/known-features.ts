/** The features of the site: those that the sandbox ships with, and those that the playbook names. */
import type { Feature } from './entitlement-level.js';
import { ADVANCED_ANALYTICS, API_CALLS, SEATS, STORAGE, SUPPORT_LEVEL } from './features.js';
import type { Playbook } from './playbook.js';

const BUILT_IN = [ADVANCED_ANALYTICS, API_CALLS, SEATS, STORAGE, SUPPORT_LEVEL];

export function knownFeatures({ plays, entitlements }: Playbook): Feature[] {
  const named = [...entitlements, ...plays.flatMap(({ grants }) => grants)].map(({ feature }) => feature);
  return [...new Map([...BUILT_IN, ...named].map((each) => [each.feature_id, each])).values()];
}
